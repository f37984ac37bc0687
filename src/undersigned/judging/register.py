"""Writes judgements and takes them back; what follows for the knowledge graph is done at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.correcting.forgetting import go_on_forgetting
from undersigned.errors import JudgementNotFound
from undersigned.judging.records import (
    Record,
    Revocation,
    iri_of,
    locals_of,
    read_record,
    read_records,
    triples_of,
)
from undersigned.store.embedded import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from undersigned.assembly.assemble import AssemblyReport
    from undersigned.judging.records import AnyJudgement
    from undersigned.store.base import GraphWriter
    from undersigned.store.embedded import EmbeddedWriter


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of judging: the records as they stand now, and how the knowledge graph changed.

    `assembled` is None where nothing was new.
    """

    records: tuple[Record, ...]
    assembled: AssemblyReport | None


def register(writer: GraphWriter, records: Iterable[Record]) -> Registered:
    """Writes judgements in one transaction, assembles what they touch, and publishes.

    A record that is there already changes nothing; one whose revocation is new takes it back.
    """
    wanted = tuple(records)
    graph = writer.iris.judgements
    before = set(writer.triples(graph))
    after = set(before)
    for record in wanted:
        after |= triples_of(record, writer.iris)
    behind = any(writer.triples(writer.iris.pending))
    if after == before and not behind:
        return Registered(wanted, None)
    # With the mark, whoever comes next assembles from scratch if this is cut short.
    mark = Triple(writer.iris.knowledge, t.PROV_STARTED, _dated(now()))
    writer.replace_graphs({graph: after, writer.iris.pending: {mark}})
    judged = {local for record in wanted for local in locals_of(record.judgement)}
    report = assemble_from_scratch(writer) if behind else assemble(writer, {}, judged)
    writer.replace_graphs({writer.iris.pending: ()})
    writer.publish()
    return Registered(wanted, report)


def open_store(folder: Path) -> EmbeddedWriter:
    """The store in a folder, for judging what is loaded there.

    An erasure that was cut short is brought to its end first.

    Raises:
        StoreUnreadable: there is no store, or nothing was loaded into it yet.
        StoreLocked: another process is writing.
    """
    open_reader(folder).close()  # a writer would make a store where there is none
    writer = open_writer(folder)
    if writer.erasing:
        go_on_forgetting(writer)
    return writer


def new_records(writer: GraphWriter, judgements: Iterable[AnyJudgement]) -> list[Record]:
    """Records of judgements taken now, each later than every one on the same things.

    Of several judgements the latest holds, and two may be taken within one second. Where the
    latest says the same by the same judge for the same reason, it is given back as it is.
    """
    latest: dict[frozenset[NamedNode], Record] = {}
    for record in read_records(writer):
        latest[frozenset(locals_of(record.judgement))] = record
    found = []
    for judgement in judgements:
        about = frozenset(locals_of(judgement))
        before = latest.get(about)
        if before is None or before.revocation or not _says_the_same(before, judgement):
            moment = max(now(), _second_after(before.judgement.moment) if before else "")
            timed = replace(judgement, moment=moment)
            latest[about] = Record(iri_of(timed, writer.iris), timed)
        found.append(latest[about])
    return found


def _says_the_same(record: Record, judgement: AnyJudgement) -> bool:
    return replace(record.judgement, moment="") == replace(judgement, moment="")


def revoke(
    writer: GraphWriter, judgements: Sequence[str], *, judge: str, reason: str = ""
) -> Registered:
    """Takes judgements back; they stay on record, and what held before them holds again.

    Args:
        writer: the store.
        judgements: IRIs, or their part after the base (`judgement/3f9a1c02…`).
        judge: who takes them back.
        reason: why.

    Raises:
        JudgementNotFound: one of them is not there, or was taken back before; none is touched.
    """
    records = [_standing(writer, text) for text in judgements]
    revocation = Revocation(now(), judge, reason)
    return register(writer, [replace(record, revocation=revocation) for record in records])


def now() -> str:
    """This second in UTC, as judgements are dated: 2025-05-03T10:15:00Z."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _standing(writer: GraphWriter, text: str) -> Record:
    typed = text.strip().removeprefix("<").removesuffix(">")
    full = typed if typed.startswith(writer.iris.base) else f"{writer.iris.base}{typed}"
    try:
        record = read_record(writer, NamedNode(full))
    except ValueError:
        record = None
    if record is None:
        raise JudgementNotFound(
            f"no judgement {text!r}; expected an IRI as judgement/3f9a1c027b6d5e40; see "
            "`undersigned query judgements --iris`"
        )
    if record.revocation is not None:
        raise JudgementNotFound(
            f"{text}: was taken back on {record.revocation.moment[:10]} already"
        )
    return record


def _second_after(moment: str) -> str:
    if not moment:
        return ""
    later = datetime.fromisoformat(moment) + timedelta(seconds=1)
    return later.isoformat(timespec="seconds").replace("+00:00", "Z")


def _dated(moment: str) -> Literal:
    return Literal(moment, datatype=NamedNode(t.XSD + "dateTime"))
