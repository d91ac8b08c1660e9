"""``kontrollera``, ``granska``, ``exportera``, ``orsak``."""

import json
import shutil
from pathlib import Path

import pytest

from outputs.plan_json import read_plan
from tests.plan_bytes import plan_bytes
from tests.terminsplan.small import SMALL, Run, contents, write_tables

FAULTY = {"nyanställda": "id;namn;förvaltning;anställd_från\np1;Åsa;Z;2026-08-10\np1;Bo;N;31/2 2026\n"}


def test_a_faultless_input_is_counted(tables: Path, run: Run) -> None:
    result = run("kontrollera", tables)
    assert result.exit_code == 0
    assert "4 nyanställda, 1 utbildning, 2 omgångar, 4 tillfällen" in result.stdout


def test_every_fault_is_told_with_its_place(tmp_path: Path, run: Run) -> None:
    result = run("kontrollera", write_tables(tmp_path / "in", **FAULTY), "--json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert {(e["row"], e["column"]) for e in found["errors"]} >= {(2, "förvaltning"), (3, "anställd_från")}
    assert all(e["text"] in result.stderr for e in found["errors"])


def test_faults_are_told_even_when_quiet(tmp_path: Path, run: Run) -> None:
    assert "31/2 2026" in run("kontrollera", write_tables(tmp_path / "in", **FAULTY), "--tyst").stderr


def test_given_bookings_are_checked_too(tmp_path: Path, run: Run) -> None:
    tables = write_tables(tmp_path / "in", bokningar="nyanställd;tillfälle\np1;CI-1-1\np2;CI-1-1\np3;CI-1-1\n")
    result = run("kontrollera", tables)
    assert result.exit_code == 2
    assert "platser" in result.stderr


def test_a_plan_is_clean_against_its_own_input(planned: Path, tables: Path, run: Run) -> None:
    result = run("granska", tables, planned, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"exit_code": 0, "same_input": True, "notes": [], "violations": []}


def test_another_input_is_said_and_its_breaches_named(planned: Path, tmp_path: Path, run: Run) -> None:
    fewer = write_tables(tmp_path / "in2", omgångar="id;utbildning;platser\nCI-1;CI;1\nCI-2;CI;1\n")
    result = run("granska", fewer, planned)
    assert result.exit_code == 3
    assert "inte de som planen gjordes av" in result.stderr
    assert "platser" in result.stderr


def test_a_plan_edited_by_hand_fails(planned: Path, tables: Path, run: Run) -> None:
    plan = read_plan((planned / "plan.json").read_bytes())
    (planned / "plan.json").write_bytes(plan_bytes(plan.model_copy(update={"bookings": plan.bookings[1:]})))
    assert run("granska", tables, planned).exit_code == 3


@pytest.mark.parametrize("person", ["p4", "P4", "[red]Dan[/red]", "dan"])
def test_a_person_is_found_by_id_or_part_of_her_name(person: str, planned: Path, run: Run) -> None:
    result = run("orsak", planned, person)
    assert result.exit_code == 0
    assert "[red]Dan[/red] (p4), Nordost" in result.stdout
    assert "tis 1 sep 2026 09:00–16:00, Rådhuset (CI-1)" in result.stdout


def test_who_has_no_seat_is_told_why(planned: Path, run: Run) -> None:
    plan = read_plan((planned / "plan.json").read_bytes())
    (without,) = [r.hire for r in plan.requirements if r.state == "missing"]
    result = run("orsak", planned, without, "ci")
    assert "Saknar plats" in result.stdout
    assert "CI-1 (från 1 sep)" in result.stdout
    assert "CI-2 (från 6 okt)" in result.stdout
    found = json.loads(run("orsak", planned, without, "--json").stdout)
    assert found["requirements"][0]["state"] == "missing"
    assert len(found["requirements"][0]["reasons_text"]) == 2


@pytest.mark.parametrize(
    ("person", "says"),
    [
        ("åsa", "p3  Åsa Lind, Centrum"),
        ("Åza Öberg", "Menade du Åsa Öberg (p1)?"),
        ("p01", "Menade du Åsa Öberg (p1)?"),
        ("4p", "Menade du [red]Dan[/red] (p4)?"),
        ("", "Flera heter så"),
    ],
)
def test_an_unclear_person_is_asked_for(person: str, says: str, planned: Path, run: Run) -> None:
    result = run("orsak", planned, person)
    assert result.exit_code == 2
    assert says in result.stderr


@pytest.mark.parametrize("person", ["p9", "x4", "Örjan", "p44"])
def test_nobody_is_suggested_who_is_not_near(person: str, planned: Path, run: Run) -> None:
    result = run("orsak", planned, person)
    assert result.exit_code == 2
    assert ("Menade du" in result.stderr) is (person == "p44")


def test_a_name_is_known_in_any_order_and_without_its_dots(planned: Path, run: Run) -> None:
    assert "Åsa Öberg (p1)" in run("orsak", planned, "oberg  ÅSA").stdout


def test_a_proposal_that_no_plan_can_open_is_told_with_how_many_it_lacks(tmp_path: Path, run: Run) -> None:
    never = Path(__file__).parents[1] / "data" / "field" / "input" / "min-unreachable" / "in"
    assert run("planera", never, "-o", tmp_path / "ut").exit_code == 0
    said = run("orsak", tmp_path / "ut", "p1", "HS").stdout
    assert "går att få" not in said
    assert "HS-1 (från 22 sep) blir inte av: för få kan gå den (minst 4 deltagare behövs)." in said
    assert "HS-1 kan aldrig bli av: högst 3 kan gå den, och min_deltagare är 4. " in said


def test_an_unknown_programme_is_told_with_those_there_are(planned: Path, run: Run) -> None:
    result = run("orsak", planned, "p4", "YR")
    assert result.exit_code == 2
    assert "Välj bland: CI" in result.stderr


def test_what_is_exported_is_what_was_written(planned: Path, tmp_path: Path, run: Run) -> None:
    for form, name in (("html", "rapport.html"), ("xlsx", "plan.xlsx")):
        assert run("exportera", planned, "--som", form, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_bytes() == (planned / name).read_bytes()
    assert run("exportera", planned, "--som", "ics", "-o", tmp_path / "ics").exit_code == 0
    assert contents(tmp_path / "ics") == contents(planned / "kalendrar")


def test_without_a_name_the_export_lies_where_one_stands(
    planned: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("exportera", planned, "--som", "xlsx")
    assert "plan.xlsx" in result.stdout
    assert (tmp_path / "plan.xlsx").read_bytes() == (planned / "plan.xlsx").read_bytes()


def test_an_export_replaces_nothing_unasked(planned: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.html").write_text("mine")
    assert run("exportera", planned, "--som", "html", "-o", tmp_path / "x.html").exit_code == 2
    assert run("exportera", planned, "--som", "csv", "-o", tmp_path).exit_code == 2
    assert run("exportera", planned, "--som", "csv", "-o", planned / "csv").exit_code == 2
    assert (tmp_path / "x.html").read_text() == "mine"


@pytest.mark.parametrize(("form", "own"), [("csv", "krav.csv"), ("ics", "person/p1.ics")])
def test_an_exported_folder_is_replaced_when_asked_and_never_with_a_file_of_somebody_else(
    planned: Path, tmp_path: Path, run: Run, form: str, own: str
) -> None:
    place = tmp_path / "ut"
    export = ("exportera", planned, "--som", form, "-o", place)
    assert run(*export).exit_code == 0
    first = contents(place)
    (place / own).write_text("gammalt")
    refused = run(*export)
    assert (refused.exit_code, "--tvinga" in refused.stderr) == (2, True)
    assert run(*export, "--tvinga").exit_code == 0
    assert contents(place) == first
    (place / "mina.txt").write_text("mitt")
    refused = run(*export, "--tvinga")
    assert (refused.exit_code, "mina.txt" in refused.stderr) == (2, True)
    assert (place / "mina.txt").read_text() == "mitt"


def test_an_export_never_takes_the_place_of_calendars_in_another_plan(planned: Path, tmp_path: Path, run: Run) -> None:
    other = tmp_path / "annan"
    shutil.copytree(planned, other)
    result = run("exportera", planned, "--som", "ics", "-o", other / "kalendrar", "--tvinga")
    assert (result.exit_code, "som är en plan" in result.stderr) == (2, True)
    assert contents(other) == contents(planned)


def test_csv_runs_no_formula_and_opens_in_swedish_excel(tmp_path: Path, run: Run) -> None:
    hires = SMALL["nyanställda"].replace("[red]Dan[/red]", "=1+1")
    run("planera", write_tables(tmp_path / "in", nyanställda=hires), "-o", tmp_path / "plan")
    assert run("exportera", tmp_path / "plan", "--som", "csv", "-o", tmp_path / "csv").exit_code == 0
    raw = (tmp_path / "csv" / "krav.csv").read_bytes()
    assert raw.startswith("\ufeffnyanställd;namn".encode())
    assert ";'=1+1;" in raw.decode()
    seats = (tmp_path / "csv" / "platser.csv").read_text("utf-8-sig")
    assert "p4;CI-1-1;'=1+1;Nordost;;CI;1;CI-1;2026-09-01;09:00;16:00;Rådhuset;;Ulla Berg;\n" in seats


@pytest.mark.parametrize("command", ["granska IN", "orsak", "exportera"])
def test_a_folder_that_is_no_plan_is_told(command: str, tables: Path, run: Run) -> None:
    words = [str(tables) if word == "IN" else word for word in command.split()]
    more = {"orsak": ["p1"], "exportera": ["--som", "csv"]}.get(words[0], [])
    result = run(*words, tables, *more)
    assert result.exit_code == 2
    assert "plan.json saknas" in result.stderr
