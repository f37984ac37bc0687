"""Every error crosses a process boundary whole, and stands in the drawn tree."""

from __future__ import annotations

import inspect
import pickle

import pytest

from undersigned import errors

CLASSES = [
    found
    for _, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, errors.UndersignedError)
]


@pytest.mark.parametrize("error", CLASSES, ids=lambda found: found.__name__)
def test_an_error_survives_pickling(error: type[errors.UndersignedError]) -> None:
    copy = pickle.loads(pickle.dumps(error("a.html:3: found 'x', expected y; do z")))
    assert type(copy) is error
    assert str(copy) == "a.html:3: found 'x', expected y; do z"


@pytest.mark.parametrize("error", CLASSES, ids=lambda found: found.__name__)
def test_an_error_stands_in_the_tree_and_is_explained(error: type[errors.UndersignedError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")
    assert error.__doc__
