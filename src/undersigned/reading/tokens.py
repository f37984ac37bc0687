"""How words are parted for the language pipeline, beyond what spaCy's own rules do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

COMPONENT: Final = "undersigned_tokens"
_GLUED_MARKS: Final = (r"[“”]", r"(?<=\w)[,.;:?!](?=[“”\"]\w)", r"(?<=[,.;:?!])\"(?=\w)")
_NETWORK: Final = "X."
_TO_NETWORK: Final = frozenset({"on", "to", "via", "from", "onto"})


def fit_tokenizer(nlp: Language) -> None:
    """Has a pipeline part words as reading needs them, whatever it was trained with."""
    tokenizer: Any = nlp.tokenizer  # spaCy has no type stubs for its tokenizer
    _split_at_marks(tokenizer)
    if hasattr(tokenizer, "add_special_case"):
        _keep_titles_whole(tokenizer)
    nlp.add_pipe(COMPONENT, first=True)


def _split_at_marks(tokenizer: Any) -> None:
    """Makes tokens of quotation marks within words: Roe said,“Look; the end.”Roe left."""
    finder = getattr(tokenizer, "infix_finditer", None)
    known = [] if finder is None else [finder.__self__.pattern]
    tokenizer.infix_finditer = re.compile("|".join([*_GLUED_MARKS, *known])).finditer


def _keep_titles_whole(tokenizer: Any) -> None:
    """Makes one token of "Sens." or "Barr.", so that no sentence ends within a name."""
    for word in sorted(open_lexicon("abbreviations").words("never_end")):
        if word[0].isupper() and not word.lower().startswith("no"):
            tokenizer.add_special_case(word, [{"ORTH": word}])


@Language.component(COMPONENT)
def end_sentences_after_x(doc: Doc) -> Doc:
    """Parts the full stop from the network's name: "Roe wrote on X. She left.".

    Elsewhere one capital with a full stop is an initial: "Francis X. Roe".
    """
    if _NETWORK not in doc.text:
        return doc
    ending = [token for token in doc if token.text == _NETWORK and _is_network(token)]
    with doc.retokenize() as retokenizer:
        for token in ending:
            retokenizer.split(token, ["X", "."], heads=[token, (token, 0)])
    return doc


def _is_network(token: Token) -> bool:
    if token.i == 0 or token.nbor(-1).lower_ not in _TO_NETWORK:
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return after is None or not after.text[:1].isalpha() or after.is_stop or after.is_space
