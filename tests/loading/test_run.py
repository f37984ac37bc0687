"""A whole load: articles in, a revision out; again, changed, broken, stopped, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules, iter_readings
from undersigned.loading.run import LoadedSource, LoadReport, Outcome, load
from undersigned.project import find_project
from undersigned.store.base import select
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.reading.text import ReadText

FIRST = (
    "By Ann Reporter\n\nMarch 21, 2025\n\n"
    "Novelist Ada Quill and actor Ben Stage signed an open letter to the Office of Books.\n\n"
    "“We ask the office to keep the rules that have served every writer for many years,” "
    "the letter says.\n\n"
    "Composer Cora Note reportedly signed it, too.\n"
)
SECOND = (
    "Playwright Dan Prompt is among the more than 300 people who signed the open letter to the "
    "Office of Books.\n\n“We ask the office to keep the rules that have served every writer for "
    "many years,” the letter says.\n"
)
SIGNERS = (
    "PREFIX us: <https://w3id.org/undersigned/ontology#> "
    "SELECT ?name ?certainty { ?s us:signatory/us:name ?name ; us:certainty ?certainty } "
    "ORDER BY ?name"
)


@pytest.fixture
def rules() -> ReadingRules:
    return ReadingRules(project=find_project())


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder


def load_from(store: EmbeddedWriter, rules: ReadingRules, *arguments: Path) -> LoadReport:
    return load(gather([str(argument) for argument in arguments]).items, store, rules)


def signers(store: EmbeddedWriter) -> dict[str, str]:
    rows = select(store, SIGNERS)
    return {row["name"].value: row["certainty"].value.rsplit("-", 1)[1] for row in rows}


def dump(store: EmbeddedWriter) -> list[str]:
    return sorted(str(quad) for quad in store.quads() if quad.graph_name != store.iris.runs)


def test_articles_become_an_answer(rules: ReadingRules, articles: Path) -> None:
    store = memory_store()
    report = load_from(store, rules, articles)
    assert report.count(Outcome.NEW) == 2
    assert signers(store) == {
        "Ada Quill": "stated",
        "Ben Stage": "stated",
        "Cora Note": "reported",
        "Dan Prompt": "stated",
    }


def test_loading_again_changes_nothing(rules: ReadingRules, articles: Path) -> None:
    store = memory_store()
    first = load_from(store, rules, articles)
    before = set(store.quads())
    again = load_from(store, rules, articles)
    assert again.count(Outcome.UNCHANGED) == 2
    assert (again.added, again.removed, again.revision) == (0, 0, first.revision)
    assert set(store.quads()) == before


def test_a_corrected_article_takes_back_what_the_paragraph_carried(
    rules: ReadingRules, articles: Path
) -> None:
    store = memory_store()
    load_from(store, rules, articles)
    before = set(store.triples(store.iris.knowledge))
    text = FIRST.replace("\n\nComposer Cora Note reportedly signed it, too.", "")
    (articles / "first.txt").write_text(text, encoding="utf-8")
    report = load_from(store, rules, articles)
    after = set(store.triples(store.iris.knowledge))
    assert (report.count(Outcome.CHANGED), report.count(Outcome.UNCHANGED)) == (1, 1)
    assert "Cora Note" not in signers(store)
    assert not after - before
    assert all("cora-note" in str(gone) or "omposer" in str(gone) for gone in before - after)


def test_order_and_number_of_processes_do_not_matter(rules: ReadingRules, articles: Path) -> None:
    one, two, three = memory_store(), memory_store(), memory_store()
    load_from(one, rules, articles)
    load_from(two, rules, articles / "second.txt")
    load_from(two, rules, articles / "first.txt")
    load_from(three, ReadingRules(project=rules.project, workers=2), articles)
    assert dump(one) == dump(two) == dump(three)


def test_workers_share_even_a_few_sources(rules: ReadingRules, articles: Path) -> None:
    items = gather([str(articles)]).items
    several = ReadingRules(project=rules.project, workers=2)
    assert [origin for origin, _ in iter_readings(items, several)] == [i.origin for i in items]
    assert list(iter_readings([], several)) == []


def test_a_bad_source_stops_no_other(rules: ReadingRules, articles: Path) -> None:
    (articles / "a-empty.txt").write_bytes(b"")
    (articles / "b-binary.txt").write_bytes(bytes(range(256)) * 8)
    store = memory_store()
    report = load_from(store, rules, articles)
    assert report.count(Outcome.FAILED) == 2
    assert report.count(Outcome.NEW) == 2
    failed = [source for source in report.sources if source.outcome is Outcome.FAILED]
    assert all(source.origin in str(source.problem) for source in failed)


def test_two_articles_of_one_name_are_told_and_the_first_is_kept(
    rules: ReadingRules, articles: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "first.txt").write_text(SECOND, encoding="utf-8")
    store = memory_store()
    report = load_from(store, rules, articles / "first.txt", other / "first.txt")
    outcomes = [source.outcome for source in report.sources]
    assert outcomes == [Outcome.NEW, Outcome.FAILED]
    assert str(articles / "first.txt") in str(report.sources[1].problem)
    assert "Ada Quill" in signers(store)


def test_a_stopped_load_keeps_what_it_had_read(rules: ReadingRules, articles: Path) -> None:
    store = memory_store()
    seen: list[LoadedSource] = []

    def stop_after_the_first(source: LoadedSource) -> None:
        seen.append(source)
        raise KeyboardInterrupt

    report = load(gather([str(articles)]).items, store, rules, stop_after_the_first)
    assert report.stopped
    assert len(seen) == 1
    assert set(signers(store)) == {"Ada Quill", "Ben Stage", "Cora Note"}
    assert load_from(store, rules, articles).count(Outcome.NEW) == 1


def test_a_load_that_was_killed_is_made_good_by_the_next(
    rules: ReadingRules, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = memory_store()
    with monkeypatch.context() as patch:
        patch.setattr("undersigned.loading.run.assemble", _die)
        with pytest.raises(SystemExit):
            load_from(store, rules, articles)
    assert signers(store) == {}
    assert load_from(store, rules, articles).count(Outcome.UNCHANGED) == 2
    assert len(signers(store)) == 4
    assert not list(store.triples(NamedNode(f"{store.iris.base}graph/pending")))


def _die(*arguments: object) -> None:
    raise SystemExit(137)


def test_the_ontology_is_loaded_with_the_articles(rules: ReadingRules, articles: Path) -> None:
    store = memory_store()
    load_from(store, rules, articles)
    assert len(list(store.triples(store.iris.ontology))) > 100


def test_a_bug_in_reading_one_source_stops_no_other(
    rules: ReadingRules, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_on_quills(text: ReadText) -> list[object]:
        if "Quill" in text.source.text:
            raise ZeroDivisionError("a bug")
        return []

    monkeypatch.setattr("undersigned.reading.reader.find_attributions", fail_on_quills)
    store = memory_store()
    report = load_from(store, rules, articles)
    assert [source.outcome for source in report.sources] == [Outcome.FAILED, Outcome.NEW]
    assert "first.txt: reading it failed with ZeroDivisionError" in str(report.sources[0].problem)
    assert set(signers(store)) == {"Dan Prompt"}
