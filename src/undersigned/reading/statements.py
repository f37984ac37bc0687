"""Statements: attributions of speech with their speakers resolved, as claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undersigned.claims import (
    AddresseeClaim,
    Certainty,
    EntityKind,
    LocalKey,
    StatementClaim,
    StatementKind,
)
from undersigned.iris import key_of
from undersigned.reading.conversation import Conversation
from undersigned.reading.evidence import make_evidence
from undersigned.reading.letter_authors import sole_authors
from undersigned.reading.letter_voices import LetterVoices
from undersigned.reading.speakers import (
    Speaker,
    antecedent_of,
    couple_meant,
    example_told_of,
    find_speakers,
    is_body,
    is_human,
)
from undersigned.reading.speech.cues import CueClass
from undersigned.reading.speech.modality import certainty_of_saying
from undersigned.reading.speech_acts import is_bare_name, is_statement
from undersigned.reading.stance import Attitude, Context, find_attitude

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from undersigned.claims import Evidence, Slice, Stance
    from undersigned.reading.attribution import Attribution
    from undersigned.reading.cast import Cast
    from undersigned.reading.letters import Letters
    from undersigned.reading.text import ReadText

_VOICE_SCORE = 0.8
"""For signers who speak by their letter: now and then they speak for themselves."""
_FOLLOWING_FACTOR = 0.8
"""For a quotation without a cue, which mostly goes on with the speaker before it."""
_MEMORY = 4
"""Attributions looked back over for what a speaker was talking about."""
_MOST = 0.7
"""Of the words of an attribution: the rest then is "Roe said" and a comma."""
_GOES_ON = frozenset({"conj", "advcl", "xcomp", "parataxis"})
_DEMANDS = frozenset({CueClass.ASK, CueClass.JUDGE, CueClass.SPEAK, CueClass.CALL})


def find_statements(
    text: ReadText, cast: Cast, letters: Letters, attributions: Sequence[Attribution]
) -> list[StatementClaim]:
    """What was said, with who said it, in text order; wishes, thoughts and denied cues left out.

    A joint statement gives one claim for each speaker. Speakers without a name join the cast.
    """
    reader = _StatementReader(text, cast, letters, attributions)
    return reader.read()


class _StatementReader:
    """Goes through the attributions in order, and remembers who spoke and under which keys."""

    def __init__(
        self,
        text: ReadText,
        cast: Cast,
        letters: Letters,
        attributions: Sequence[Attribution],
    ):
        self._text = text
        self._cast = cast
        self._letters = letters
        self._letter_keys = frozenset(letters.keys())
        self._attributions = attributions
        claims = (c for c in letters.claims() if isinstance(c, AddresseeClaim))
        self._addressees = {claim.letter: claim.addressee for claim in claims}
        self._voices = LetterVoices(text, letters)
        self._conversation = Conversation(cast, letters)
        self._authors = sole_authors(letters)
        self._speakers: dict[int, list[Speaker]] = {}
        self._keys: dict[int, LocalKey] = {}
        self._attitudes: dict[int, Attitude] = {}
        self._stances: dict[tuple[LocalKey, LocalKey], Stance] = {}

    def read(self) -> list[StatementClaim]:
        claims: dict[LocalKey, StatementClaim] = {}
        for place, attribution in enumerate(self._attributions):
            if not is_statement(attribution) or self._is_passed_on(place):
                continue
            if self._letters.are_titles(attribution.content):
                continue
            speakers = self._speakers_of(place, attribution)
            self._speakers[place] = speakers
            if attribution.within is None:
                self._conversation.note(attribution.end, speakers)
            for claim in self._claims(place, attribution, speakers):
                self._keys.setdefault(place, claim.key)
                claims.setdefault(claim.key, claim)
        return [self._nested(claim, n) for claim, n in self._with_places(claims)]

    def _is_passed_on(self, place: int) -> bool:
        """Whether it is only reported on: “…,” Roe said, *according to the paper*."""
        outer = self._attributions[place]
        if outer.rule != "according-to":
            return False
        size = sum(len(span) for span in outer.content)
        return any(
            inner.within == place
            and inner.source is not None
            and inner.kind is StatementKind.QUOTATION
            and sum(len(span) for span in inner.content) > _MOST * size
            for inner in self._attributions[place + 1 : place + 1 + _MEMORY]
        )

    def _with_places(
        self, claims: dict[LocalKey, StatementClaim]
    ) -> list[tuple[StatementClaim, int | None]]:
        place_of = {key: place for place, key in reversed(self._keys.items())}
        return [(claim, place_of.get(key)) for key, claim in claims.items()]

    def _nested(self, claim: StatementClaim, place: int | None) -> StatementClaim:
        outer = self._attributions[place].within if place is not None else None
        key = self._keys.get(outer) if outer is not None else None
        return replace(claim, within=key) if key is not None and key != claim.key else claim

    def _speakers_of(self, place: int, attribution: Attribution) -> list[Speaker]:
        if attribution.source is not None:
            return self._speakers_by(attribution, attribution.source)
        if attribution.follows is None:
            return self._speakers_shared(place, attribution)
        before = self._attributions[attribution.follows].source
        known = self._speakers.get(attribution.follows)
        if known is None and before is not None:
            known = self._speakers_by(attribution, before)
        return [
            replace(speaker, score=speaker.score * _FOLLOWING_FACTOR) for speaker in known or []
        ]

    def _speakers_shared(self, place: int, attribution: Attribution) -> list[Speaker]:
        """*She* called on him to go and said so: a cue without subject goes on with the last."""
        cue = attribution.cue
        if cue is None or cue[0].dep_ not in _GOES_ON or cue[0].pos_ != "VERB":
            return []
        before = next((n for n in range(place - 1, -1, -1) if n in self._speakers), None)
        if before is None:
            return []
        last = self._attributions[before]
        same_sentence = last.start >= cue[0].sent.start and last.within == attribution.within
        return list(self._speakers[before]) if same_sentence else []

    def _speakers_by(self, attribution: Attribution, source: Span) -> list[Speaker]:
        """Who a source phrase means; of a letter with one author the author."""
        return [self._author(speaker) for speaker in self._voices_by(attribution, source)]

    def _author(self, speaker: Speaker) -> Speaker:
        author = self._authors.get(speaker.key)
        return speaker if author is None else Speaker(author, speaker.score, speaker.key)

    def _voices_by(self, attribution: Attribution, source: Span) -> list[Speaker]:
        letter = self._voices.relative(source) or self._voices.signing(attribution, source)
        if letter is not None:
            return [Speaker(letter, _VOICE_SCORE)]
        letter = self._voices.letter_of(attribution, source)
        if letter is not None:
            signed = self._voices.have_signed(source.root)
            couple = [] if signed else couple_meant(source.root, self._cast)
            couple = [c for c in couple if c.key not in self._addressees.values()]
            return couple or [Speaker(letter, _VOICE_SCORE)]
        tellers = self._voices.tellers(attribution)
        if tellers:
            return [Speaker(key, 0.9) for key in tellers]
        found = find_speakers(source, self._cast, self._letters)
        if found and self._cast_kind(found[0]) is EntityKind.UNNAMED:
            return self._conversation.paper_taken_up(source) or found
        self._conversation.note_paper(source, found)
        if found and self._cast_kind(found[0]) is EntityKind.GROUP:
            return self._out_of_group(attribution, source) or found
        return found or self._conversation.taken_up(source)

    def _attitude(
        self, place: int, attribution: Attribution, speakers: list[Speaker]
    ) -> Attitude | None:
        """Whom the words are about; a quotation may go on about whom its speaker spoke of."""
        keys = [speaker.key for speaker in speakers]
        context = Context(self._attitude_before(place, set(keys)), self._addressee(speakers))
        attitude = find_attitude(attribution, keys, self._cast, context)
        if attitude is not None:
            if attribution.kind is StatementKind.QUOTATION or attitude.stance is not None:
                attitude = self._steady(attitude, keys)
            self._attitudes[place] = attitude
        return attitude

    def _steady(self, attitude: Attitude, speakers: list[LocalKey]) -> Attitude:
        """With the stance that its speakers have plainly taken to the target before."""
        pairs = [(speaker, attitude.target) for speaker in speakers]
        if attitude.stance is not None:
            self._stances.update(dict.fromkeys(pairs, attitude.stance))
            return attitude
        known = next((self._stances[pair] for pair in pairs if pair in self._stances), None)
        return replace(attitude, stance=known)

    def _addressee(self, speakers: list[Speaker]) -> LocalKey | None:
        """Whom the letter is addressed to that speaks, or that its author speaks in."""
        letters = (speaker.letter or speaker.key for speaker in speakers)
        return next((self._addressees[key] for key in letters if key in self._addressees), None)

    def _attitude_before(self, place: int, speakers: set[LocalKey]) -> Attitude | None:
        """The attitude of the same speakers' last statement, if nobody else has spoken since."""
        for earlier in range(place - 1, max(-1, place - 1 - _MEMORY), -1):
            known = self._speakers.get(earlier)
            if known:
                same = {speaker.key for speaker in known} & speakers
                return self._attitudes.get(earlier) if same else None
        return None

    def _out_of_group(self, attribution: Attribution, source: Span) -> list[Speaker]:
        """Who speaks for a group: the letter that it signed, or the one of it who is told of."""
        letter = self._voices.goes_on(source, self._conversation.last_alone())
        if letter is not None:
            return [Speaker(letter, _VOICE_SCORE)]
        cue = attribution.cue
        example = example_told_of(source, cue[0], self._cast) if cue is not None else None
        return [Speaker(example, _VOICE_SCORE)] if example is not None else []

    def _cast_kind(self, speaker: Speaker) -> EntityKind:
        if speaker.key in self._letter_keys:
            return EntityKind.LETTER
        return self._cast.kind_of(speaker.key)

    def _claims(
        self, place: int, attribution: Attribution, speakers: list[Speaker]
    ) -> list[StatementClaim]:
        if is_bare_name(attribution):
            return []
        if attribution.kind is not StatementKind.QUOTATION:
            speakers = [s for s in speakers if self._may_say(attribution, s)]
            if not speakers:
                return []
        cue = attribution.cue
        attitude = self._attitude(place, attribution, speakers)
        content = tuple(p for span in attribution.content for p in self._text.slices(span))
        bare = StatementClaim(
            evidence=self._evidence(attribution),
            certainty=certainty_of_saying(cue[0]) if cue is not None else Certainty.STATED,
            key=_key(content, ""),
            kind=attribution.kind,
            content=content,
            speaker_words=self._slices(attribution.source),
            cue_words=self._slices(attribution.cue),
            target=attitude.target if attitude is not None else None,
            stance=attitude.stance if attitude is not None else None,
        )
        if not speakers:
            return [bare]
        return [
            replace(
                bare,
                key=_key(content, speaker.key),
                speaker=speaker.key,
                speaker_score=round(speaker.score, 3),
                letter=speaker.letter,
            )
            for speaker in speakers
        ]

    def _may_say(self, attribution: Attribution, speaker: Speaker) -> bool:
        """Whether a speaker without quotation marks counts as having said something.

        A dispute or a scandal that "addresses" a question says nothing.
        """
        if attribution.cue_class not in _DEMANDS or speaker.key in self._letter_keys:
            return True
        unnamed = self._cast.kind_of(speaker.key) is EntityKind.UNNAMED
        if not unnamed or attribution.source is None:
            return True
        noun = antecedent_of(attribution.source.root, self._cast)
        return is_human(noun) or is_body(noun) or noun.pos_ in {"PROPN", "PRON"}

    def _evidence(self, attribution: Attribution) -> Evidence:
        parts = [attribution.source, attribution.cue, *attribution.content]
        return make_evidence(
            self._text,
            [part for part in parts if part is not None],
            rule=attribution.rule,
            confidence=attribution.confidence,
        )

    def _slices(self, span: Span | None) -> tuple[Slice, ...]:
        return self._text.slices(span) if span is not None else ()


def _key(content: Sequence[Slice], speaker: str) -> LocalKey:
    words = " ".join("".join(c if c.isalnum() else " " for c in p.exact.lower()) for p in content)
    return LocalKey(f"statement-{key_of(' '.join(words.split()), speaker)}")
