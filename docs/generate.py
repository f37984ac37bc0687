"""Pages of the documentation that are made from the code, and links put right for the site.

MkDocs runs this as a hook. Run by itself it writes the table in `questions.md` anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, normpath, relpath
from typing import TYPE_CHECKING, Final

import reference
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
TAKEN_OVER: Final = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "examples/README.md": "examples.md",
    "docs/decisions": "decisions/index.md",
    "docs/notebook.ipynb": "notebook.ipynb",
}
"""What lies outside docs/ and is a page of the site, with the page's name."""
_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")
_ROWS: Final = re.compile(r"(?:^\| `[a-z0-9-]+` \|.*\n)+", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made from code and those that lie outside docs/."""
    for place, name in TAKEN_OVER.items():
        if (ROOT / place).is_file() and place.endswith(".md") and not place.startswith("docs/"):
            text = (ROOT / place).read_text(encoding="utf-8")
            files.append(File.generated(config, name, content=text))
    for name, text in reference.pages(ROOT).items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: object) -> str:
    """The page with links that lead somewhere on the site; other links become their words."""
    name = page.file.src_uri
    origin = next((place for place, taken in TAKEN_OVER.items() if taken == name), f"docs/{name}")
    known = {file.src_uri for file in files}

    def on_site(link: re.Match[str]) -> str:
        words, target, anchor = link[1], link[2], link[3] or ""
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        place = normpath(f"{dirname(origin)}/{target}").removeprefix("/")
        there = TAKEN_OVER.get(place, place.removeprefix("docs/"))
        if there not in known:
            return words
        return f"[{words}]({relpath(there, dirname(name) or '.')}{anchor})"

    return _LINK.sub(on_site, markdown)


def write_questions() -> None:
    """Writes the table of `docs/questions.md` from the query files."""
    page = DOCS / "questions.md"
    text = page.read_text(encoding="utf-8")
    rows = reference.question_rows(ROOT / "queries")
    page.write_text(_ROWS.sub(lambda _: rows, text), encoding="utf-8")


if __name__ == "__main__":
    write_questions()
