"""What must not come back into a store: salted hashes of the names of people who were forgotten.

The names themselves are nowhere: a store keeps a random salt of its own and, for each form of a
name, a hash with that salt. Who has the file can test a name that they know already, and can't
read one out of it. The file stays with the store: it is served and exported nowhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undersigned.errors import StoreUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FORMAT: Final = 1
SALT_BYTES: Final = 32
KEY_BYTES: Final = 16
"""128 bits: among a million words a wrong match is out of the question."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """The names that are kept out of a store.

    `names` has the key of each form of a name and the number of its words. A name of one word is
    kept out of one source only: its key is made from the word and the source's id.
    """

    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT_BYTES), repr=False)
    names: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is kept out."""
        return bool(self.names)

    @property
    def lengths(self) -> list[int]:
        """The numbers of words that suppressed names have, sorted."""
        return sorted(set(self.names.values()))

    def key(self, words: Sequence[str], scope: str = "") -> str:
        """The salted hash of a name's folded words; `scope` is a source's id for one word."""
        said = f"{scope}\x1f{' '.join(words)}".encode()
        return hashlib.blake2b(said, digest_size=KEY_BYTES, key=self.salt).hexdigest()

    def holds(self, words: Sequence[str], scope: str = "") -> bool:
        """Whether a name of these words is kept out."""
        return self.key(words, scope) in self.names

    def with_names(self, forms: Iterable[tuple[Sequence[str], str]]) -> Suppression:
        """This suppression and the given forms: folded words, each with its scope."""
        added = {self.key(words, scope): len(words) for words, scope in forms}
        return Suppression(self.salt, {**self.names, **added})


def read_suppression(path: Path) -> Suppression:
    """The suppression that a file holds; an empty one with a new salt if there is no file.

    Raises:
        StoreUnreadable: the file is damaged. Loading without it would bring forgotten people back.
    """
    if not path.exists():
        return Suppression()
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] != FORMAT:
            raise ValueError(f"its format is {held['format']!r}, not {FORMAT}")
        names = {str(name["key"]): int(name["words"]) for name in held["names"]}
        return Suppression(bytes.fromhex(held["salt"]), names)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreUnreadable(
            f"{path} can't be read ({error}); it says who was forgotten, and without it they would "
            "come back: restore it from a copy of the store"
        ) from error


def write_suppression(path: Path, suppression: Suppression) -> None:
    """Writes the file in one step, readable by its owner alone."""
    held = {
        "format": FORMAT,
        "salt": suppression.salt.hex(),
        "names": [{"key": key, "words": words} for key, words in sorted(suppression.names.items())],
    }
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(json.dumps(held, indent=2) + "\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
