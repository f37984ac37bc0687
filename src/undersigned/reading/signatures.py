"""Who put their name to which letter of an article, and who did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.claims import Certainty, LocalKey, SignatureClaim, SignatureStatus
from undersigned.reading.evidence import make_evidence

if TYPE_CHECKING:
    from undersigned.reading.cast import Cast
    from undersigned.reading.letters import Letters
    from undersigned.reading.signing.name_lists import Listed
    from undersigned.reading.signing.scene import Signing
    from undersigned.reading.text import ReadText


def find_signatures(text: ReadText, cast: Cast, letters: Letters) -> list[SignatureClaim]:
    """The signatures that an article claims or denies, in text order.

    A person or organization has at most one claim a letter and status: the surest one.
    """
    best: dict[tuple[LocalKey, LocalKey, SignatureStatus, Certainty], SignatureClaim] = {}
    for signing in letters.signings:
        for listed in signing.names:
            claim = _claim(text, signing, listed)
            at = (claim.signatory, claim.letter, claim.status, claim.certainty)
            if at not in best or _weight(claim) > _weight(best[at]):
                best[at] = claim
    return sorted(best.values(), key=lambda claim: claim.evidence.words[0].start)


def _weight(claim: SignatureClaim) -> tuple[float, bool]:
    return claim.evidence.confidence, claim.capacity is not None


def _claim(text: ReadText, signing: Signing, listed: Listed) -> SignatureClaim:
    return SignatureClaim(
        evidence=make_evidence(
            text,
            [listed.words, *signing.words, *signing.modality.words],
            rule=signing.rule,
            confidence=signing.confidence,
        ),
        certainty=signing.modality.certainty,
        signatory=listed.key,
        letter=signing.letter,
        status=signing.modality.status,
        capacity=listed.capacity,
    )
