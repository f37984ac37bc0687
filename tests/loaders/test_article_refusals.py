"""Bytes that are no article: each gets one error that says what was found and what to do."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from undersigned.errors import SignersNotFound, SourceKindUnknown, SourceUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersigned.source import Source

STORY = "Forty bakers have signed a letter to the miller, who sells them flour that is too coarse."


def archive(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(name, STORY)
    return made.getvalue()


REFUSED = [
    ("empty", b"", "a.txt", SourceUnreadable, "0 bytes"),
    ("blank", b" \r\n\t \n", "a.txt", SourceUnreadable, "white space"),
    ("binary", b"ab\0\0\1\2" * 40, "a.txt", SourceKindUnknown, "binary data"),
    ("picture", b"\x89PNG\r\n\x1a\n" + bytes(40), "a.html", SourceKindUnknown, "an image"),
    ("zip", archive("story.txt"), "a.txt", SourceKindUnknown, "unpack it first"),
    ("word", archive("word/document.xml"), "a.docx", SourceKindUnknown, "an office document"),
    ("gzip", gzip.compress(STORY.encode()), "a.html.gz", SourceKindUnknown, "unpack it first"),
    ("json", b'{"story": "none"}', "a.json", SignersNotFound, "no column names the signers"),
    ("signs", "*** --- ***\n\n…\n".encode(), "a.txt", SourceUnreadable, "no story found"),
    ("utf-16 cut", b"\xff\xfeF\0o\0r\0t\0y\0 ", "a.txt", SourceUnreadable, "garbled"),
    ("shouting bytes", bytes(range(128, 256)) * 9, "a.txt", SourceUnreadable, "save the text as"),
    (
        "page without text",
        b"<html><body><img src=x></body></html>",
        "a.html",
        SourceUnreadable,
        "no",
    ),
    ("script page", b"<html><script>x()</script></html>", "a.html", SourceUnreadable, "browser"),
    ("only a caption", b"Photo: A. Rook/Getty Images", "a.txt", SourceUnreadable, "no story"),
    ("damaged pdf", b"%PDF-1.4\nnothing more", "a.pdf", SourceUnreadable, "the PDF is damaged"),
]


@pytest.mark.parametrize(
    ("data", "name", "error", "words"),
    [row[1:] for row in REFUSED],
    ids=[row[0] for row in REFUSED],
)
def test_refusal_names_the_source_and_the_fault(
    data: bytes,
    name: str,
    error: type[Exception],
    words: str,
    article: Callable[..., Source],
) -> None:
    with pytest.raises(error) as caught:
        article(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert words in message


def test_text_encoded_twice_is_refused(article: Callable[..., Source]) -> None:
    text = "“One,” said the miller. “Two,” said his wife. “Three,” said the letter.\n"
    data = text.encode().decode("cp1252", "replace").encode()
    with pytest.raises(SourceUnreadable, match="quotation marks stand there as"):
        article(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_text_is_decoded(encoding: str, article: Callable[..., Source]) -> None:
    text = f"{STORY}\r\nThe café’s owner, Zoë Müller, said – “no”.\r\n"
    if encoding == "latin-1":
        text = text.replace("’", "'").replace("–", "-").replace("“", '"').replace("”", '"')
    source = article(text.encode(encoding))
    assert source.text.lstrip("\ufeff") == text
    assert source.text[source.blocks[0].start : source.blocks[0].end] == STORY


def test_a_byte_order_mark_stays_in_front_of_the_text(article: Callable[..., Source]) -> None:
    source = article(STORY.encode("utf-8-sig"))
    assert source.text == f"\ufeff{STORY}"
    assert source.blocks[0].start == 1


def test_the_servers_encoding_is_believed(article: Callable[..., Source]) -> None:
    data = f"{STORY} Его зовут Иван.".encode("koi8-r")
    assert "Иван" in article(data, "a.txt", charset="koi8-r").text


@pytest.mark.parametrize("depth", [20, 200])
def test_nested_page_is_read(depth: int, article: Callable[..., Source]) -> None:
    page = f"<html><body>{'<div>' * depth}<p>{STORY}</p>{'</div>' * depth}</body></html>"
    assert article(page.encode(), "a.html").text == STORY


def test_absurdly_nested_page_is_refused(article: Callable[..., Source]) -> None:
    page = f"<html><body>{'<div>' * 9000}<p>{STORY}</p>{'</div>' * 9000}</body></html>"
    with pytest.raises(SourceUnreadable, match="no visible text"):
        article(page.encode(), "a.html")


def test_entities_of_a_document_type_are_not_expanded(article: Callable[..., Source]) -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM '
        f'"file:///etc/hostname">]><html><body><p>{STORY} &b;&f;</p></body></html>'
    )
    text = article(page.encode(), "a.html").text
    assert "boomboom" not in text
    assert STORY in text


def test_a_text_in_another_language_is_noted(article: Callable[..., Source]) -> None:
    german = "Vierzig Bäcker haben einen offenen Brief an den Müller der Stadt geschrieben. " * 5
    assert article(german.encode()).notes == ("the text does not look like English",)
    assert article(STORY.encode() * 5).notes == ()
