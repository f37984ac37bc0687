"""Fixtures for tests of reading: `nlp` is the shipped language pipeline, opened once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.reading.pipeline import open_pipeline

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return open_pipeline()
