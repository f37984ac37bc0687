"""What in an entry is neither name nor role: handles, addresses, dates, pronouns, notes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from undersigned.listing.lexicon import any_of, words

_HANDLE: Final = re.compile(r"@[\w.\-]+(?:@[\w\-]+(?:\.[\w\-]+)+)?(?!\w)")
_IN_BACKTICKS: Final = re.compile(r"`[^`]+`(?:(?:\s|[/,]|and)+`[^`]+`)*")
_ALSO_KNOWN: Final = re.compile(
    r"(?i)^(?:a\.?k\.?a\.?|alias|also known as|nick(?:name)?|alias:)[:\s]+"
)
_LINK: Final = re.compile(
    r"(?i)^(?:https?://|www\.|mailto:)\S+$|^[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,6}/\S*$"
)
_EMAIL: Final = re.compile(r"^(?:mailto:)?[\w.+\-~]+@[\w\-]+(?:\.[\w\-]+)+$")
_ACCOUNT_IN_LINK: Final = re.compile(
    r"(?i)^https?://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|twitter\.com|x\.com|instagram\.com"
    r"|bitbucket\.org|launchpad\.net)/[@~]?([\w.\-]+)/?$"
)
_MONTHS: Final = (
    "jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|mars|avr|juin|juil|août|déc"
    "|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|out|maj|mei|mrt"
)
_DATE: Final = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|\s?[+-]\d{2}:?\d{2})?)?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?:[,\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)?"
    rf"|(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?\d{{1,2}}\.?(?:st|nd|rd|th)?\s+(?:de\s+)?(?:{_MONTHS})\w*\.?,?(?:\s+(?:de\s+)?\d{{4}})?"
    rf"|(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?(?:{_MONTHS})\w*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)"
)
_AGO: Final = (
    r"(?:(?:about |over |almost )?(?:\d+|an?|one)\s+(?:second|minute|min"
    r"|hour|day|week|month|year)s?"
    r"\s+ago"
    r"|just now|yesterday|today"
    r"|vor\s+(?:\d+|einem|einer)\s+\w+|il y a\s+\d+\s+\w+|hace\s+\d+\s+\w+|\d+\s+\w+\s+fa)"
)
_SIGNED: Final = (
    r"(?:signed(?:\s+(?:on|at|this))?|added(?:\s+on)?|joined|date:?|unterzeichnet(?:\s+am)?|am|signé(?:e)?(?:\s+le)?|le|firmado(?:\s+el)?|el"
    r"|firmato(?:\s+il)?|on)"
)
_WHEN: Final = re.compile(
    rf"(?i)(?:{_SIGNED}\s*:?\s+)?(?:{_DATE}|{_AGO})(?:,?\s+(?:at\s+)?\d{{1,2}}:\d{{2}}(?:\s?[ap]m)?)?\.?"
)
_WHEN_LAST: Final = re.compile(rf"(?i)(?:[\s,;|–—-]+){_WHEN.pattern.removeprefix('(?i)')}\s*$")

_CLASS: Final = re.compile(r"(?i)(?:class of\s+)?(?:['’‘]?\d\d|(?:19|20)\d\d)(?:\s+alum\w*)?")
"""When somebody left a school: "Class of 1985", "'98"."""
_COUNTED: Final = re.compile(
    r"(?:and\s+|plus\s+|\+\s*|und\s+|et\s+|y\s+)?(?:over\s+|more than\s+)?[\d.,\s]+"
    r"(?:more\b.*|others?\b.*|additional\b.*|anonymous\b.*|weitere.*|autres.*|más|otros.*|altri.*"
    r"|(?:signatures?|signers?|signatories|people|supporters|persons|names)"
    r"(?:\s+(?:have|has|so far|signed|and|already|joined|until|to date|collected)\b.*)?)"
)
"""How many more there are, and no name: "and 19 others who wish to remain anonymous"."""
_NOTHING: Final = re.compile(r"[\W_]*|(?i:n\.?/?a\.?|none|nil|not applicable)")
_PAGE: Final = re.compile(r"(?:page|seite|p)\s*\d+(?:\s*(?:of|von|/)?\s*\d+)?")
"""A running head of a printed page: "Page 2 of 3"."""
_LABEL: Final = re.compile(
    r"(?i)\s*(?:contacts?|press|media|e-?mail|phone|tel|website|web|kontakt)"
    r"(?: contact| enquiries)?\s*:"
)
"""What leads to an address, not to a name: "Contact: press@pier.example"."""
_COUNTED_LAST: Final = re.compile(rf"[\s,;]+(?=(?:and|plus|&|\+)\s){_COUNTED.pattern}[\s.]*$")


def handles_in(phrase: str) -> list[str]:
    """The user names in a phrase that tells of nothing else, without at signs; else none.

    "@annlee", "a.k.a. annie", "annlee on GitHub", "Twitter: @annlee", "annlee" in backticks.
    """
    bare = phrase.strip(" `'\"‘’“”")
    if known := _ALSO_KNOWN.match(bare):
        rest = bare[known.end() :].strip(" `'\"‘’“”/")
        return (
            [part.lstrip("@") for part in re.split(r"[\s/]+", rest) if part.lstrip("@`'\"")][:3]
            if len(rest.split()) <= 3
            else []
        )
    on_platform = _on_platform().fullmatch(bare)
    if on_platform:
        return [next(group for group in on_platform.groups() if group).lstrip("@").strip("`")]
    if bare.startswith("@") or _IN_BACKTICKS.fullmatch(phrase.strip()):
        parts = [part.strip("`@'\" ") for part in re.split(r"[\s/,]+|and", bare)]
        return [part for part in parts if part] if all(map(_is_account, parts)) else []
    return []


def leading_handle(phrase: str) -> tuple[str, int] | None:
    """A user name that a phrase begins with, and where its other words go on: "@cl - creator"."""
    found = re.match(r"\s*`?@([\w.\-]+)`?(?:\s*[-–—:|/\\]+\s*|\s+(?=\S))", phrase)
    return (found[1], found.end()) if found else None


def is_bare_account(phrase: str) -> bool:
    """Whether a phrase in brackets is a user name by its looks: one word in lower case."""
    bare = phrase.strip()
    return (
        bool(re.fullmatch(r"[a-z0-9][\w.\-]{2,24}(?:#\d{4})?", bare))
        and bare.lower() == bare
        and bool(re.search("[a-z]", bare))
    )


def account_in_link(link: str) -> str | None:
    """The user name that a link to a profile ends with; None for other links."""
    found = _ACCOUNT_IN_LINK.match(link.strip())
    return found[1] if found else None


def says_nothing(value: str) -> bool:
    """Whether a cell is empty, or filled with what stands for nothing: "–", "n/a"."""
    return bool(_NOTHING.fullmatch(value.strip()))


def is_link(phrase: str) -> bool:
    """Whether a phrase is an address on the web or of mail."""
    bare = phrase.strip(" <>.,")
    return bool(_LINK.match(bare) or _EMAIL.match(bare))


def without_links(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without the addresses behind its first word."""
    tokens = [(m.start(), m.end()) for m in re.compile(r"\S+").finditer(text, start, end)]
    while len(tokens) > 1 and is_link(text[slice(*tokens[-1])]):
        tokens.pop()
    return start, tokens[-1][1] if tokens else end


def is_when(phrase: str) -> bool:
    """Whether a phrase tells when somebody signed, and nothing else."""
    return bool(_WHEN.fullmatch(phrase.strip()))


def without_when(text: str, start: int, end: int) -> int:
    """Where an entry ends without the time of signing behind it."""
    found = _WHEN_LAST.search(text[start:end])
    return start + found.start() if found and found.start() else end


def is_pronouns(phrase: str) -> bool:
    """Whether a phrase gives a signer's pronouns: "she/her", "they, them"."""
    parts = [part for part in re.split(r"[\s/,|]+", phrase.lower().strip(" .")) if part]
    return bool(parts) and all(part in words("naming", "pronouns") for part in parts)


def is_note(phrase: str) -> bool:
    """Whether a phrase says only how somebody signed: "in personal capacity"."""
    bare = re.sub(r"[^\w\s/é]", "", phrase.lower()).strip()
    return (
        bare in words("naming", "notes")
        or bare.startswith(("signing ", "in personal", "in my "))
        or bool(_CLASS.fullmatch(phrase.strip()))
    )


def names_nobody(phrase: str) -> bool:
    """Whether words are a button, a counter or a withheld name, not a signer."""
    bare = re.sub(r"[^\w\s.']", " ", phrase.lower()).strip()
    if _PAGE.fullmatch(bare) or _LABEL.match(phrase):
        return True
    if bare in words("announcements", "furniture") or not re.search(r"[^\W\d_]|\d", bare):
        return True
    behind_colon = phrase.lower().rpartition(":")[2].strip(" .")
    return behind_colon in words("announcements", "furniture") or bool(_COUNTED.fullmatch(bare))


def without_count(text: str, start: int, end: int) -> int:
    """Where a row of names ends without "and 214 others" behind it."""
    found = _COUNTED_LAST.search(text, start, end)
    return found.start() if found else end


def names_organizations(value: str) -> bool:
    """Whether the value of a column of kinds says that the signer is an organization."""
    return value.strip().lower() in words("columns", "organization-values")


def _is_account(part: str) -> bool:
    return bool(re.fullmatch(r"[\w.\-#/~+]{1,40}", part))


@cache
def _on_platform() -> re.Pattern[str]:
    site = any_of("naming", "platforms")
    return re.compile(
        rf"(?i)`?@?([\w.\-]{{2,40}})`?\s+(?:on|at|@)\s+{site}|{site}\s*[:/]?\s*(?:@|u/)?([\w.\-]{{2,40}})"
    )
