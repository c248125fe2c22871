"""The examples in the docstrings of the package run."""

import doctest
import importlib
import pkgutil

import pytest

import poetry_model
from tests.poetry_model import slow_checker

MODULES = [
    "poetry_model",
    *(
        module.name
        for module in pkgutil.walk_packages(poetry_model.__path__, "poetry_model.")
        if not module.name.endswith(".__main__")
    ),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_at_all() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = [importlib.import_module(name) for name in MODULES]
    assert sum(bool(t.examples) for module in modules for t in finder.find(module)) >= 8


def test_examples_of_the_slow_checker() -> None:
    assert doctest.testmod(slow_checker).failed == 0
