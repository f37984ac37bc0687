"""Which local letters are one letter, around those that a change touches."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from undersigned.assembly import letters
from undersigned.assembly.clusters import cluster, linked
from undersigned.assembly.identity import OWN_SOURCE_BASIS, OWN_SOURCE_SCORE, Identity
from undersigned.assembly.judgements import Verdict
from undersigned.assembly.statements import folded_words
from undersigned.evidence.keys import LETTER_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from undersigned.assembly.clusters import Link
    from undersigned.assembly.identities import Identities


class LetterClusters:
    """Local letters with their profiles, read as far as they are asked for, and kept."""

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._evidence = identities.evidence
        self._judgements = identities.judgements
        self._old = identities.old
        self._profiles: dict[NamedNode, letters.LetterProfile | None] = {}
        self._words: dict[NamedNode, list[letters.Words]] = {}

    def identify(self, start: set[NamedNode]) -> set[NamedNode]:
        """Clusters local letters anew around the changed ones; all that were looked at."""
        found, links = linked(start, self._links, self._companions)
        here = {letter for letter in found if self._evidence.node(letter) is not None}
        links_of: dict[NamedNode, list[Link]] = defaultdict(list)
        for link in links:
            links_of[link.one].append(link)
            links_of[link.other].append(link)
        self._identities.found.update(dict.fromkeys(found - here))
        for members in cluster(here, links, self._may_join):
            entity = letters.letter_entity(members, self._evidence, self._identities.iris)
            for letter in members:
                within = [n for n in links_of[letter] if n.one in members and n.other in members]
                self._identities.found[letter] = _letter_identity(entity, within)
        return found

    def _profile(self, letter: NamedNode) -> letters.LetterProfile | None:
        if letter not in self._profiles:
            self._profiles[letter] = letters.profile_of(letter, self._evidence)
        return self._profiles[letter]

    def _links(self, letter: NamedNode) -> list[Link]:
        profile = self._profile(letter)
        if profile is None:
            return []
        others = map(self._profile, self._candidates(profile))
        links = (letters.compare(profile, other) for other in others if other)
        verdicts = self._judgements.about(letter)
        same = (other for other, verdict in verdicts.items() if verdict is Verdict.SAME)
        judged = [letters.judged_link(letter, other) for other in same if self._profile(other)]
        return judged + [link for link in links if link is not None]

    def _may_join(self, one: set[NamedNode], other: set[NamedNode]) -> bool:
        """Whether no source and no judgement tells letters of the two clusters apart."""
        verdicts = {
            verdict
            for letter in one
            for judged, verdict in self._judgements.about(letter).items()
            if judged in other
        }
        if Verdict.DIFFERENT in verdicts:
            return False
        return Verdict.SAME in verdicts or letters.may_join(one, other)

    def _candidates(self, profile: letters.LetterProfile) -> set[NamedNode]:
        """The local letters that may be this one, by the keys that they share.

        Whoever signs everything shares keys with very many: where these keys alone can't make one
        letter of two, the quoted words are looked at before anything else is read.
        """
        reached: dict[NamedNode, set[str]] = defaultdict(set)
        found: set[NamedNode] = set()
        self._evidence.prefetch(profile.keys)
        for key in profile.keys:
            for thing in self._evidence.sharing([key]):
                if key.startswith(LETTER_KEYS):
                    reached[thing].add(key)
                elif (claim := self._evidence.node(thing)) and (
                    quoted := letters.quoted_letter(claim, self._evidence)
                ):
                    found.add(quoted)
        found.update(n for n, keys in reached.items() if self._may_be(profile, n, keys))
        return found - {profile.iri}

    def _may_be(self, profile: letters.LetterProfile, letter: NamedNode, keys: set[str]) -> bool:
        """Whether a letter that shares these keys is worth a comparison."""
        if letter in self._profiles or letters.may_reach(keys):
            return True
        return letters.quotes_alike(profile, self._quoted_in(letter))

    def _quoted_in(self, letter: NamedNode) -> list[letters.Words]:
        """What a local letter is quoted with, read once: whoever signs everything is in doubt."""
        if letter not in self._words:
            self._words[letter] = [folded_words(n) for n in self._evidence.words_about(letter)]
        return self._words[letter]

    def _companions(self, letter: NamedNode) -> set[NamedNode]:
        before = self._old.entity_of(letter)
        return self._old.locals_of(before) if before else set()


def _letter_identity(entity: NamedNode, links: Iterable[Link]) -> Identity:
    """By the best of the links that hold a local letter in its cluster."""
    best = max(links, key=lambda link: (link.score, link.one.value, link.other.value), default=None)
    if best is None:
        return Identity(entity, OWN_SOURCE_SCORE, OWN_SOURCE_BASIS)
    return Identity(entity, min(best.score, 1.0), best.basis)
