"""``prova``: what is typed, what is told, what is written, and what becomes of the chain of plans."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from terminsplan.store import open_plan
from tests.terminsplan.small import Run, contents, write_tables

SEATS = {"p1": "CI-1", "p4": "CI-1"}


def data(run: Run, planned: Path, *arguments: object) -> dict[str, dict[str, object]]:
    result = run("prova", planned, *arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, dict[str, object]] = json.loads(result.stdout)
    return found


def rounds_of(folder: Path) -> dict[tuple[str, int], str]:
    return {(b.hire, b.module): b.round for b in open_plan(folder).plan.bookings}


def someone_in(folder: Path, round_: str) -> str:
    return next(hire for (hire, _), there in sorted(rounds_of(folder).items()) if there == round_)


def levels(answer: dict[str, object], key: str) -> dict[str, int]:
    rows = answer["levels"]
    assert isinstance(rows, list)
    return {row["name"]: row[key] for row in rows}


def test_a_full_round_is_closed_alone_and_open_at_best(planned: Path, run: Run) -> None:
    hire = someone_in(planned, "CI-2")
    answers = data(run, planned, "--flytta", f"{hire}:CI=CI-1")
    assert answers.keys() == {"exit_code", "alone", "best"}
    assert answers["alone"] == {"possible": False, "rule": "platser", "levels": [], "moves": []}
    best = answers["best"]
    assert best["possible"] is True
    assert best["rule"] is None
    assert {row["name"] for row in best["levels"] if row["proven"]} == set(levels(best, "after"))  # type: ignore[attr-defined]
    assert levels(best, "before")["changes"] == 0
    assert levels(best, "after")["changes"] == 4, "her two seats, and two of whoever makes room for her"
    moves = best["moves"]
    assert isinstance(moves, list)
    assert {move["hire"] for move in moves}.isdisjoint({hire})
    assert [(move["module"], move["from"]) for move in moves] == [(1, "CI-1"), (2, "CI-1")]


def test_what_cannot_be_names_the_rule_and_ends_well(planned: Path, run: Run, tmp_path: Path) -> None:
    hire = someone_in(planned, "CI-1")
    result = run(
        "prova", planned, "--flytta", f"{hire}:CI:2=CI-2", "--flytta", f"{hire}:CI:1=CI-2", "-o", tmp_path / "u"
    )
    assert result.exit_code == 0
    assert "CI-2 är full" in result.output
    assert "I vägen:" in result.output


def test_one_module_alone_can_be_moved_and_names_will_do(planned: Path, run: Run) -> None:
    hire = someone_in(planned, "CI-2")
    name = open_plan(planned).problem.hire_by_id[hire].name
    by_name = data(run, planned, "--flytta", f"{name}:central introduktion:1=ci-1")
    assert by_name == data(run, planned, "--flytta", f"{hire}:CI:1=CI-1")


def test_without_o_nothing_is_written(planned: Path, run: Run) -> None:
    before = contents(planned.parent)
    data(run, planned, "--flytta", f"{someone_in(planned, 'CI-2')}:CI=CI-1")
    assert contents(planned.parent) == before


def test_the_written_plan_is_the_best_one_and_keeps_the_wish(planned: Path, run: Run, tmp_path: Path) -> None:
    hire = someone_in(planned, "CI-2")
    told = run("prova", planned, "--flytta", f"{hire}:CI=CI-1", "-o", tmp_path / "ny")
    assert told.exit_code == 0
    stored = open_plan(tmp_path / "ny")
    assert {rounds_of(tmp_path / "ny")[hire, module] for module in (1, 2)} == {"CI-1"}
    assert {(row.hire, row.session) for row in stored.problem.bookings} == {(hire, "CI-1-1"), (hire, "CI-1-2")}
    said = run("skillnad", planned, tmp_path / "ny").output
    assert "BESTÄMT FÖR HAND" in said
    assert "CI-1 låst för hand" in said
    assert "platsen i CI-1 är låst för hand" in said
    assert "låst för hand" in run("orsak", tmp_path / "ny", hire).output
    assert "Bestämt för hand" in (tmp_path / "ny" / "rapport.html").read_text("utf-8")


def test_alone_is_written_where_that_is_asked_for(planned: Path, run: Run, tmp_path: Path) -> None:
    hire = someone_in(planned, "CI-1")
    result = run("prova", planned, "--flytta", f"{hire}:CI=CI-1", "-o", tmp_path / "ny", "--ensam")
    assert result.exit_code == 0, result.output
    assert "har redan plats i CI-1" in result.output
    assert rounds_of(tmp_path / "ny") == rounds_of(planned)


def test_later_re_plans_keep_the_wish(planned: Path, run: Run, tmp_path: Path) -> None:
    hire = someone_in(planned, "CI-2")
    assert run("prova", planned, "--flytta", f"{hire}:CI=CI-1", "-o", tmp_path / "ny").exit_code == 0
    late = tmp_path / "nyanställda.csv"
    late.write_text("id;namn;förvaltning;anställd_från\np9;Ny Person;N;2026-08-10\n", "utf-8")
    day = ("--planeringsdag", "2026-08-04")
    assert run("omplanera", "--sena", late, "--tidigare", tmp_path / "ny", "-o", tmp_path / "c", *day).exit_code == 0
    assert rounds_of(tmp_path / "c")[hire, 1] == "CI-1"
    tables = write_tables(tmp_path / "in2")
    told = run("omplanera", tables, "--tidigare", tmp_path / "c", "-o", tmp_path / "d", *day)
    assert "bestämt för hand" in told.output, "tables that do not say it would forget it silently"


def test_a_tried_plan_is_not_the_next_one_until_somebody_continues_from_it(
    planned: Path, tables: Path, run: Run, tmp_path: Path
) -> None:
    wish = ("--flytta", f"{someone_in(planned, 'CI-2')}:CI=CI-1")
    for name in ("b", "c"):
        assert run("prova", planned, *wish, "-o", tmp_path / name).exit_code == 0
    assert run("omplanera", tables, "--tidigare", planned, "-o", tmp_path / "d").exit_code == 0
    stale = run("omplanera", tables, "--tidigare", tmp_path / "b", "-o", tmp_path / "e")
    assert stale.exit_code == 2
    assert "d är gjord av" in stale.output


def test_a_tried_plan_that_was_continued_makes_its_source_an_old_one(
    planned: Path, tables: Path, run: Run, tmp_path: Path
) -> None:
    wish = ("--flytta", f"{someone_in(planned, 'CI-2')}:CI=CI-1")
    assert run("prova", planned, *wish, "-o", tmp_path / "b").exit_code == 0
    assert run("omplanera", tables, "--tidigare", tmp_path / "b", "-o", tmp_path / "c").exit_code == 0
    assert run("omplanera", tables, "--tidigare", planned, "-o", tmp_path / "d").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "minst ett önskemål"),
        (("--flytta", "p1:CI=CI-1", "--ensam"), "-o"),
        (("--flytta", "p1=CI-1"), "PERSON:UTBILDNING=OMGÅNG"),
        (("--flytta", "p1:CI"), "PERSON:UTBILDNING=OMGÅNG"),
        (("--sparra", "p1"), "PERSON=OMGÅNG"),
        (("--flytta", "Åsa Öbarg:CI=CI-1"), "Menade du Åsa Öberg (p1)?"),
        (("--flytta", "p1:CJ=CI-1"), "Menade du CI?"),
        (("--flytta", "p1:CI=CI-11"), "Menade du CI-1?"),
        (("--flytta", "p1:CI:3=CI-1"), "har inget moment 3"),
        (("--flytta", "p1:CI=CI-1", "--flytta", "p1:CI:2=CI-2"), "säger emot varandra"),
        (("--flytta", "p1:CI=CI-1", "--sparra", "p1=CI-1"), "säger emot varandra"),
    ],
)
def test_what_is_typed_wrong_is_told_in_swedish(
    planned_once: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    result = run("prova", planned_once, *arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_a_bar_takes_the_seat_and_is_kept(planned: Path, run: Run, tmp_path: Path) -> None:
    hire = someone_in(planned, "CI-2")
    answers = data(run, planned, "--sparra", f"{hire}=CI-2", "-o", tmp_path / "ny")
    assert answers["alone"]["possible"] is True
    assert levels(answers["alone"], "after")["missing"] == levels(answers["alone"], "before")["missing"] + 1
    assert levels(answers["best"], "after")["changes"] == 0, "a barred seat is impossible, not given up"
    assert (hire, 1) not in rounds_of(tmp_path / "ny")
    assert [(row.hire, row.round) for row in open_plan(tmp_path / "ny").problem.barred] == [(hire, "CI-2")]
    assert "CI-2 spärrad för hand" in run("skillnad", planned, tmp_path / "ny").output
    assert "CI-2: spärrad för hand" in run("orsak", tmp_path / "ny", hire).output
    lifted = run("prova", tmp_path / "ny", "--flytta", f"{hire}:CI=CI-2", "-o", tmp_path / "igen")
    assert lifted.exit_code == 0, lifted.output
    assert open_plan(tmp_path / "igen").problem.barred == ()
    assert rounds_of(tmp_path / "igen")[hire, 1] == "CI-2"


def test_who_only_asks_waits_for_no_writer_to_be_loaded() -> None:
    loaded = "{'icalendar', 'jinja2', 'xlsxwriter', 'scipy.linalg'} & sys.modules.keys()"
    code = f"import sys, terminsplan.commands.prova; sys.exit(bool({loaded}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
