"""Updates that would fetch something are refused; see store/syntax.py for queries."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import Store

from undersigned.errors import QueryInvalid, QueryRefused

_OUTBOUND: Final = re.compile(r"(?<!\\)(LOAD|SERVICE)", re.IGNORECASE | re.ASCII)
_NAME: Final = r"(?:<[^>]*>|[?$\w.-]*:?[\w.%-]*)"
_SILENT: Final = r"(?=[\s<])\s*(?:SILENT\b)?\s*"
_ALONE: Final = r"(?<![^\s;{}.])"


def refuse_outbound_update(sparql: str, base: str) -> None:
    """Lets every update pass but one with `LOAD` or `SERVICE`, and a malformed one.

    Where the words stand in strings, names and comments, any other word does as well; so the update
    is tried with other words in all their places, over an empty store.

    Raises:
        QueryRefused: one of the words is a keyword there.
        QueryInvalid: not SPARQL 1.1.
    """
    longest = max((len(run) for run in re.findall("x+", sparql, re.IGNORECASE)), default=0)
    load = "x" * max(len("SERVICE"), longest + 1)
    service = f"{load}s"
    words = {"load": load, "service": service}
    changed = _OUTBOUND.sub(lambda found: _in_case_of(found[0], words[found[0].lower()]), sparql)
    fault = _fault(changed, base)
    if fault is None:
        return
    # With operations of the same shape that fetch nothing it tells what is malformed anyway.
    harmless = re.sub(
        rf"{_ALONE}{load}{_SILENT}({_NAME})(?:\s*INTO\s+GRAPH\s*{_NAME})?",
        r"CLEAR SILENT GRAPH \1",
        changed,
        flags=re.IGNORECASE,
    )
    harmless = re.sub(
        rf"{_ALONE}{service}{_SILENT}{_NAME}", "OPTIONAL", harmless, flags=re.IGNORECASE
    )
    if harmless != sparql and _fault(harmless, base) is None:
        raise QueryRefused(
            "the update fetches something (LOAD or SERVICE), which is refused here; fetch it "
            "yourself and send what it says"
        )
    raise QueryInvalid(f"not a SPARQL 1.1 update: {fault}")


def _fault(sparql: str, base: str) -> str | None:
    """What the parser finds wrong; None for a well-formed update."""
    try:
        Store().update(sparql, base_iri=base)
    except SyntaxError as error:
        return str(error)
    except RuntimeError:
        return None  # well-formed, and fails over an empty store
    return None


def _in_case_of(found: str, other: str) -> str:
    cased = "".join(w.upper() if f.isupper() else w for f, w in zip(found, other, strict=False))
    return cased + other[len(found) :]
