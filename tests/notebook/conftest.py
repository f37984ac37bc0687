"""One small graph on disk, and the same graph behind an endpoint."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from making import Said, article
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.evidence.writing import evidence_triples
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = Said(
    signers=("Ann Example", "Ben Sample"),
    reported=("Cal Instance",),
    addressee="Harbour Council",
    over=400,
    letter_name="Keep the Harbour Open",
    quotes_of={"Ann Example": "this has gone on for long enough now"},
    roles={"Ben Sample": "actor"},
)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store's folder."""
    folder = tmp_path_factory.mktemp("notebook") / "letters.store"
    with open_writer(folder) as writer:
        graphs = {
            writer.iris.source(name): evidence_triples(article(name, SAID), writer.iris)
            for name in ("post", "gazette")
        }
        writer.replace_graphs(graphs)
        assemble_from_scratch(writer)
        writer.publish()
    return folder


@pytest.fixture(scope="session")
def endpoint(place: Path) -> Iterator[str]:
    """The address of a server over the same store."""
    arguments = ["serve", "--store", str(place), "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "undersigned", *arguments], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"(http://127\.0\.0\.1:\d+)", said)
        assert found, said
        yield f"{found[1]}/sparql"
        process.send_signal(signal.SIGINT)
