"""Every column and setting is known wherever it must be: walked through the one table of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from columns.kinds import Cell, Column, Setting, Table
from columns.settings import SETTINGS
from columns.tables import MODULES, PROGRAMMES, SESSIONS, TABLES
from columns.tables import SETTINGS as SETTINGS_TABLE
from columns.writing import cell_of, row_of, shown
from inputs.parsers import parser_of
from inputs.read import read_problem
from inputs.readers.modules import ModuleRow
from inputs.readers.sessions import SessionRow
from inputs.schema import TABLES as READ_TABLES
from models.problem import ListedSettings, TermProblem
from outputs.pseudonyms import pseudonymise

EXAMPLE = Path(__file__).parents[2] / "examples" / "kiruna" / "csv"
PLANNING_DATE = date(2026, 8, 1)
COLLECTED = [table for table in TABLES if table.collection is not None]
ENTRIES: list[Column | Setting] = [*(column for table in TABLES for column in table.columns), *SETTINGS]
WITH_EXAMPLE = [entry for entry in ENTRIES if entry.example is not None]
# What no column tells: it is counted, or told by another table.
WITHOUT_COLUMN = {("tillfällen", "meeting"), ("utbildningar", "modules")}


def example() -> TermProblem:
    problem = read_problem(EXAMPLE, PLANNING_DATE).problem
    assert problem is not None
    return problem


def model_of(table: Table) -> type[BaseModel]:
    assert table.collection is not None
    model: type[BaseModel] = get_args(TermProblem.model_fields[table.collection].annotation)[0]
    assert issubclass(model, BaseModel)
    return model


def test_the_readers_know_every_table() -> None:
    assert sorted(spec.name for spec in READ_TABLES) == sorted(table.name for table in TABLES)


@pytest.mark.parametrize("table", COLLECTED, ids=lambda table: table.name)
def test_every_field_of_a_row_has_its_column_and_every_column_its_field(table: Table) -> None:
    told = {column.field for column in table.columns}
    fields = set(model_of(table).model_fields) - {field for name, field in WITHOUT_COLUMN if name == table.name}
    # The programme of a session is that of its round.
    assert told - ({"programme"} if table is SESSIONS else set()) == fields
    assert len(told) == len(table.columns)


@pytest.mark.parametrize("table", COLLECTED, ids=lambda table: table.name)
def test_a_blank_cell_means_the_default_of_the_model(table: Table) -> None:
    fields = model_of(table).model_fields
    for column in table.columns:
        if column.field in fields and not column.required and not fields[column.field].is_required():
            assert column.default == fields[column.field].default, column.name


def test_every_field_of_the_settings_has_its_key() -> None:
    assert [setting.field for setting in SETTINGS] == list(ListedSettings.model_fields)


@pytest.mark.parametrize("entry", WITH_EXAMPLE, ids=lambda entry: entry.meaning)
def test_an_example_is_written_as_it_is_read(entry: Column | Setting) -> None:
    assert cell_of(entry.kind, parser_of(entry.kind)(entry.example)) == entry.example


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_its_parser(table: Table) -> None:
    for column in table.columns:
        assert callable(parser_of(column.kind))


def test_a_problem_written_by_its_columns_is_read_as_the_same(tmp_path: Path) -> None:
    problem = example()
    for table in TABLES:
        with (tmp_path / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(column.name for column in table.columns)
            writer.writerows([shown(cell) for cell in row] for row in _rows(table, problem))
    again = read_problem(tmp_path, PLANNING_DATE)
    assert [str(error) for error in again.errors] == []
    assert again.problem == problem


def _rows(table: Table, problem: TermProblem) -> Iterator[list[Cell]]:
    if table is SETTINGS_TABLE:
        for setting in SETTINGS:
            yield [setting.key, cell_of(setting.kind, getattr(problem.settings, setting.field))]
        return
    for item in _items(table, problem):
        yield list(row_of(table, item).values())


def _items(table: Table, problem: TermProblem) -> Iterable[object]:
    if table is MODULES:
        return [ModuleRow(p.id, m.number, m.name) for p in problem.programmes for m in p.modules]
    assert table.collection is not None
    items = getattr(problem, table.collection)
    if table is SESSIONS:
        return [SessionRow(**session.model_dump(), programme=None) for session in items]
    return list(items)


def test_no_personal_column_is_left_with_pseudonyms() -> None:
    problem = example()
    secret: dict[str, object] = {
        "settings": problem.settings.model_copy(
            update={s.field: f"Hemlig {s.key}" for s in SETTINGS if s.personal is not None}
        )
    }
    for table in COLLECTED:
        assert table.collection is not None
        update = {
            c.field: (f"Hemlig {c.name}",) if isinstance(c.default, tuple) else f"Hemlig {c.name}"
            for c in table.columns
            if c.personal is not None
        }
        rows = getattr(problem, table.collection)
        secret[table.collection] = tuple(row.model_copy(update=update) for row in rows)
    told = problem.model_copy(update=secret)
    assert "Hemlig" in told.model_dump_json()
    hidden = pseudonymise(told)
    assert "Hemlig" not in hidden.model_dump_json()
    assert [hire.name for hire in hidden.hires] == [hire.id for hire in problem.hires]


def test_a_deadline_of_a_programme_may_be_left_to_the_settings() -> None:
    (column,) = (column for column in PROGRAMMES.columns if column.field == "deadline_months")
    assert (column.required, column.default) == (False, None)
