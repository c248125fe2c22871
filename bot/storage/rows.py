"""Rows into records: a record's fields are named like the columns they come from."""

import dataclasses
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Table

Record = TypeVar("Record")


def columns(table: Table, record: type[Any], prefix: str = "") -> list[ColumnElement[Any]]:
    """The columns of `table` that `record` has fields for, labelled with `prefix`."""
    names = (field.name for field in dataclasses.fields(record))
    return [table.c[name].label(f"{prefix}{name}") for name in names]


def read(record: type[Record], row: Row[Any], prefix: str = "") -> Record:
    """The record in a row that holds its `columns`."""
    names = (field.name for field in dataclasses.fields(record))  # type: ignore[arg-type]  # any record is a dataclass; typing has no public name for that
    return record(**{name: row._mapping[f"{prefix}{name}"] for name in names})
