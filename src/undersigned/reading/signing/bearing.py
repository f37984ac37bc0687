"""Constructions of names that a letter carries: "the letter bears the names of", "pen to paper".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.cued import cued_by
from undersigned.reading.signing.modality import modality_of, of_the_list
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.objects import letter_of_subject
from undersigned.reading.signing.scene import Scene, Signing, given_words, is_form_of, signing_words
from undersigned.reading.signing.subjects import people_in, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span

_WITH_NAMES: Final = frozenset({"with", "bearing", "carrying", "containing"})
_WORDS_TO_NAMES: Final = 4
_OF_SIGNERS: Final = frozenset({"of", "from", "as", "like", "including"})


@cued_by("signing.signatures", "signing.support")
def letter_bears(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "The letter bears the signatures of Ann Lee and Bob Ray."."""
    for verb in sentence:
        if not is_form_of(verb, signing_words("bears")) or verb.pos_ not in {"VERB", "AUX"}:
            continue
        after = scene.doc[verb.i + 1 : min(verb.i + 8, sentence.end)]
        noun = next((t for t in after if t.lower_ in given_words()), None)
        letter = letter_of_subject(subject_of(verb, scene), scene)
        if noun is None or letter is None or noun.i + 2 >= sentence.end:
            continue
        modality = modality_of(verb)
        marker = noun.nbor(1)
        marker = marker.nbor(1) if marker.lower_ == "such" else marker
        if marker.text == "," and marker.nbor(1).lower_ == "including":
            marker = marker.nbor(1)
        if marker.i + 2 < sentence.end and marker.nbor(1).lower_ == "those":
            marker = marker.nbor(2)
        if marker.lower_ in _OF_SIGNERS and modality is not None:
            where = words_after(marker)
            yield Signing(
                rule="letter-bears",
                letter=letter,
                words=(scene.doc[verb.i : noun.i + 1],),
                names=tuple(read_list(where, scene.cast, unknown=True)),
                where=where,
                confidence=0.95,
                modality=of_the_list(where, modality),
            )


@cued_by("signing.signatures")
def letter_with_names(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "She handed in a letter with the names of Ann Lee and 40 other poets on it."."""
    for noun in sentence[2:-2]:
        if noun.lower_ not in signing_words("signatures") or noun.nbor(1).lower_ != "of":
            continue
        before = scene.doc[sentence.start : noun.i]
        marker = next((t for t in reversed(before) if t.lower_ in _WITH_NAMES), None)
        letter = None if marker is None else scene.letter_in(scene.doc[sentence.start : marker.i])
        plain = marker is not None and noun.i - marker.i <= _WORDS_TO_NAMES
        if letter is not None and marker is not None and plain:
            where = words_after(noun.nbor(1))
            yield Signing(
                rule="letter-with-names",
                letter=letter,
                words=(scene.doc[marker.i : noun.i + 1],),
                names=tuple(read_list(where, scene.cast, unknown=True)),
                where=where,
                confidence=0.85,
            )


@cued_by("signing.put")
def put_pen_to_paper(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee and Bob Ray put pen to paper on Monday."."""
    for verb in sentence:
        after = scene.doc[verb.i + 1 : min(verb.i + 4, sentence.end)].text.lower()
        if not is_form_of(verb, signing_words("put")) or after != "pen to paper":
            continue
        letter, modality = scene.letter_near(verb), modality_of(verb)
        if letter is not None and modality is not None:
            where = subject_of(verb, scene)
            yield Signing(
                rule="put-pen-to-paper",
                letter=letter,
                words=(scene.doc[verb.i : verb.i + 4],),
                names=people_in(where, scene),
                where=where,
                confidence=0.75,
                modality=of_the_list(where, modality),
            )
