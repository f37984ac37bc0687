"""PDF files, made here line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.errors import SourceUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undersigned.source import Source

PAGES = (
    (
        "The Fenland Echo   page 1",
        "Keepers Write To Minister",
        "By Tess Marlowe",
        "Ninety beekeepers have signed an open letter to the minister for far-",
        "ming, Rhona Tait, asking her to ban a spray that they say kills the bees",
        "of the county.",
        "The letter was handed over on Friday in a box made of wax, and the min-",
    ),
    (
        "The Fenland Echo   page 2",
        "ister put it on her desk, said a man who saw her.",
        "She has not opened it.",
    ),
    (
        "The Fenland Echo   page 3",
        "Nobody knows when she will, or if she will do so at all this year.",
    ),
)


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF file with these lines on its pages."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(count))}] "
        f"/Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 10 Tf 50 780 Td\n{shown}\nET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        body
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
        ).encode()
    )


def test_lines_are_joined_and_running_heads_left_out(article: Callable[..., Source]) -> None:
    source = article(pdf_of(PAGES), "echo.pdf")
    assert [source.text[b.start : b.end] for b in source.blocks] == [
        "Keepers Write To Minister",
        "By Tess Marlowe",
        "Ninety beekeepers have signed an open letter to the minister for farming, Rhona Tait, "
        "asking her to ban a spray that they say kills the bees of the county.",
        "The letter was handed over on Friday in a box made of wax, and the minister put it on her "
        "desk, said a man who saw her.",
        "She has not opened it.",
        "Nobody knows when she will, or if she will do so at all this year.",
    ]
    assert source.authors == ("Tess Marlowe",)
    assert source.title == "Keepers Write To Minister"
    assert source.media_type == "application/pdf"


def test_a_scan_is_sent_to_text_recognition(article: Callable[..., Source]) -> None:
    with pytest.raises(SourceUnreadable, match="OCR"):
        article(pdf_of([[], []]), "scan.pdf")


def test_a_truncated_pdf_is_read_or_refused_in_one_line(article: Callable[..., Source]) -> None:
    with pytest.raises(SourceUnreadable, match="the PDF is damaged"):
        article(pdf_of(PAGES)[:90], "cut.pdf")
