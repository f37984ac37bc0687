"""All constructions in which articles say that somebody signed, or did not.

To add one: write a function from a sentence and a scene to `Signing`s in the module that it fits,
with an example as its docstring, and put it into `CONSTRUCTIONS`. `Signing.rule` is what claims
show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.signing import (
    authorship,
    bearing,
    disowned,
    echoes,
    first_person,
    its_signers,
    listings,
    nouns,
    standing,
    verbs,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Span

    from undersigned.reading.signing.scene import Scene, Signing

CONSTRUCTIONS: Final[tuple[Callable[[Span, Scene], Iterator[Signing]], ...]] = (
    verbs.signed,
    verbs.signed_by,
    verbs.got_them_to_sign,
    verbs.put_their_names,
    verbs.joined_by,
    bearing.letter_bears,
    bearing.letter_with_names,
    bearing.put_pen_to_paper,
    verbs.endorsed,
    writing.wrote_the_letter,
    writing.wrote_to_them,
    writing.letter_they_sent,
    writing.said_in_the_letter,
    writing.in_which_they_say,
    writing.according_to_the_letter,
    verbs.vouched_for,
    listings.signatories_include,
    standing.name_stands,
    standing.on_the_list,
    standing.united_behind,
    standing.heads_the_list,
    standing.signed_alongside,
    standing.joined_the_signers,
    nouns.among_signatories,
    nouns.names_on_the_letter,
    nouns.one_of_the_signatories,
    listings.signers_including,
    listings.bulleted_names,
    listings.among_them,
    its_signers.has_among_its_signers,
    its_signers.its_authors,
    its_signers.also_signed_on,
    its_signers.among_the_number,
    its_signers.those_on_the_list,
    authorship.letter_from,
    authorship.penned_by,
    authorship.their_letter,
    authorship.its_author,
    authorship.other_signers,
    disowned.withdrew,
    disowned.forged,
    disowned.wrongly_listed,
    first_person.i_signed,
)


IF_NO_OTHER: Final[tuple[Callable[[Span, Scene], Iterator[Signing]], ...]] = (
    authorship.owned_letter,
    writing.handed_it_over,
)
"""Constructions that count only for letters of which no other names a signer."""


ECHOES: Final[tuple[Callable[[Span, Scene, Sequence[Signing]], Iterator[Signing]], ...]] = (
    echoes.so_did,
    echoes.did_too,
    echoes.were_joined_by,
    echoes.is_among_them,
    echoes.they_include,
)
"""Constructions that repeat a signing seen before; what they find can be repeated in turn."""


def find_signings(scene: Scene) -> list[Signing]:
    """All signings, refusals and denials that the constructions see, in text order."""
    found = _seen(scene, CONSTRUCTIONS)
    for sentence in scene.doc.sents if found else ():
        for echo in ECHOES:
            found.extend(list(echo(sentence, scene, found)))
    signed = {signing.letter for signing in found if signing.names}
    found.extend(signing for signing in _seen(scene, IF_NO_OTHER) if signing.letter not in signed)
    return sorted(found, key=lambda signing: signing.where.start)


def _seen(
    scene: Scene, constructions: tuple[Callable[[Span, Scene], Iterator[Signing]], ...]
) -> list[Signing]:
    return [
        signing
        for sentence in scene.doc.sents
        for construction in constructions
        for signing in construction(sentence, scene)
    ]
