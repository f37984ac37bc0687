"""Roles and bodies that stand apart, put together: "CEO, Acme" and "Acme, CEO"."""

from __future__ import annotations

from dataclasses import replace

from undersigned.claims import RoleTime
from undersigned.listing.affiliations import AFFILIATED, Affiliation
from undersigned.listing.kinds import has_legal_form
from undersigned.listing.lexicon import words
from undersigned.listing.role_words import belongs_to_role, has_body_word, words_of


def paired(text: str, found: list[Affiliation]) -> list[Affiliation]:
    """The roles with bare ones and the bodies beside them put together; a semicolon parts them.

    "CEO, Acme" first, then what is left over: "Acme, CEO". What looks like a body behind "Director
    of" is a subject if a body follows: "Director of Pediatrics, Harbor Hospital".
    """
    forward: list[Affiliation] = []
    for following in found:
        if forward and (whole := _role_with_body(text, forward[-1], following)):
            forward[-1] = whole
        else:
            forward.append(following)
    if len(forward) == 2 and _is_bare_body(forward[0]) and _is_role_there(text, *forward):
        body, role = forward
        if all(word in words("roles", "former") for word in words_of(role.title)):
            return [replace(body, end=role.end, time=RoleTime.FORMER)]  # "Acme, retired"
        return [replace(body, end=role.end, title=role.title)]
    return forward


def _is_role_there(text: str, body: Affiliation, role: Affiliation) -> bool:
    """As in "Acme, CEO"; not "Acme, former chair" and "Acme, sudo maintainer"."""
    return (
        _is_bare_role(role)
        and role.time is RoleTime.CURRENT
        and not _names_own_body(role.title)
        and not _parted(text, body, role)
    )


def _names_own_body(title: str) -> bool:
    """Whether a title tells of a project itself, in lower case: "sudo maintainer"."""
    found = words_of(title)
    is_of_project = found[-1] in words("roles", "of-project")
    return is_of_project and not all(map(belongs_to_role, found))


def _role_with_body(text: str, role: Affiliation, body: Affiliation) -> Affiliation | None:
    """A role and the body that follows as one; None where they don't belong together."""
    if not _is_bare_body(body) or _parted(text, role, body):
        return None
    if _is_bare_role(role):
        if _names_own_body(role.title):
            return None
        return replace(body, title=role.title, start=role.start, time=role.time)
    if role.organization is None or body.organization is None or role.title == AFFILIATED:
        return None
    if role.organization[0] <= role.start:
        return None  # "TOC chair, Harbor Foundation" are two
    subject, name = text[slice(*role.organization)], text[slice(*body.organization)]
    leads = words_of(role.title)[-1] in words("roles", "with-department")
    is_body = has_body_word(name) or has_legal_form(name)
    if not leads or has_body_word(subject) or not is_body:
        return None
    title = text[role.start : role.organization[1]]
    return replace(body, title=title, start=role.start, time=role.time)


def _is_bare_role(found: Affiliation) -> bool:
    return found.organization is None


def _is_bare_body(found: Affiliation) -> bool:
    return found.title == AFFILIATED and found.organization is not None


def _parted(text: str, one: Affiliation, other: Affiliation) -> bool:
    return ";" in text[one.end : other.start]
