"""Draws the pictures of the documentation from the example articles.

    python docs/pictures.py

Needs Chromium for the pictures of pages.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
PICTURES: Final = ROOT / "docs" / "pictures"
PROGRAM: Final = (sys.executable, "-m", "undersigned")
PAGES: Final = {
    "letter.png": "/letter/harborcourier-example-2023-03-29-ai-labs-pause-letter/open-letter.html"
}
NETWORK: Final = (
    "/network?of=letter/harborcourier-example-2023-05-31-ai-extinction-statement/joint-statement"
)
STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:#1c1e26;paint-order:stroke;stroke:#fff;"
    "stroke-width:3px}rect{fill:#b4532a}circle{fill:#2f4b8f}line{stroke:#9aa0ad}svg{background:#fff}"
)


@contextmanager
def served(store: str) -> Iterator[str]:
    """The address of a server over the store, for as long as the block lasts."""
    with subprocess.Popen(
        [*PROGRAM, "serve", "--store", store, "--port", "0"], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        found = re.search(r"http://[^/]+", process.stderr.readline())
        assert found is not None
        try:
            yield found[0]
        finally:
            process.terminate()


def network_svg(address: str) -> bytes:
    """The picture on the page of a network, as a file of its own, with its colours."""
    with urlopen(f"{address}{NETWORK}") as page:
        picture = html.fromstring(page.read()).find(".//svg")
    for link in list(picture.iter("a")):
        link.drop_tag()
    picture.set("viewBox", picture.attrib.pop("viewbox", None) or picture.get("viewBox"))
    picture.set("xmlns", "http://www.w3.org/2000/svg")
    style = etree.Element("style")
    style.text = STYLE
    picture.insert(0, style)
    drawn: bytes = etree.tostring(picture)
    return drawn


def photograph(address: str, picture: Path) -> None:
    """A page as a browser shows it."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    subprocess.run(
        ["chromium", *options, "--window-size=1200,760", f"--screenshot={picture}", address],
        check=True,
        capture_output=True,
    )


def draw_all() -> None:
    """Writes every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/undersigned.store"
        subprocess.run(
            [*PROGRAM, "load", str(ROOT / "examples"), "--store", store, "-q"], check=True
        )
        with served(store) as address:
            (PICTURES / "network.svg").write_bytes(network_svg(address))
            for name, path in PAGES.items():
                photograph(f"{address}{path}", PICTURES / name)


if __name__ == "__main__":
    draw_all()
