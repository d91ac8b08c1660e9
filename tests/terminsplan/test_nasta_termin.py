"""``nasta-termin``: from a plan to the tables of the next term, to go on filling in."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inputs.read import read_problem
from tests.terminsplan.example_plans import EXAMPLE
from tests.terminsplan.small import Run, write_tables

SPRING = {
    "inställningar": {"termin": "VT 2027", "terminsstart": "2027-01-11", "terminsslut": "2027-06-11"},
    "omgångar": "CI-V1;CI;3",
    "tillfällen": ("CI-V1;1;2027-01-26;09:00;16:00", "CI-V1;2;2027-02-09;09:00;16:00"),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_those_without_a_seat_go_on_with_what_they_have_done(tmp_path: Path, run: Run, planned: Path) -> None:
    result = run("nasta-termin", planned, "-o", tmp_path / "vt")
    assert result.exit_code == 0, result.output
    plan = json.loads((planned / "plan.json").read_bytes())
    missing = [r["hire"] for r in plan["requirements"] if r["state"] == "missing"]
    assert [row["id"] for row in rows(tmp_path / "vt" / "nyanställda.csv")] == missing
    assert "1 person går vidare, med sammanlagt 1 utbildning kvar." in result.stdout


def test_the_term_is_left_to_fill_in_and_the_rest_is_kept(tmp_path: Path, run: Run, planned: Path) -> None:
    run("nasta-termin", planned, "-o", tmp_path / "vt")
    settings = {row["nyckel"]: row["värde"] for row in rows(tmp_path / "vt" / "inställningar.csv")}
    for key in ("termin", "terminsstart", "terminsslut", "planeringsdag"):
        assert settings[key] == ""
    assert settings["öppna_veckodagar"] == "mån-fre"
    assert [row["dagar_mellan"] for row in rows(tmp_path / "vt" / "utbildningar.csv")] == ["7"]
    assert all(row["omgång"].startswith("Exempel:") for row in rows(tmp_path / "vt" / "tillfällen.csv"))


def fill_folder(folder: Path) -> None:
    settings = rows(folder / "inställningar.csv")
    lines = [f"{row['nyckel']};{SPRING['inställningar'].get(row['nyckel'], row['värde'])}" for row in settings]  # type: ignore[attr-defined]
    (folder / "inställningar.csv").write_text("\n".join(["nyckel;värde", *lines]), "utf-8")
    (folder / "omgångar.csv").write_text(f"id;utbildning;platser\n{SPRING['omgångar']}\n", "utf-8")
    (folder / "tillfällen.csv").write_text(
        "\n".join(["omgång;moment;datum;start;slut", *SPRING["tillfällen"]]), "utf-8"
    )


def fill_workbook(path: Path) -> None:
    book = load_workbook(path)
    for row in book["inställningar"].iter_rows(min_row=2):
        row[1].value = SPRING["inställningar"].get(row[0].value, row[1].value)  # type: ignore[attr-defined]
    for name, lines in (("omgångar", (SPRING["omgångar"],)), ("tillfällen", SPRING["tillfällen"])):
        columns = [cell.value for cell in book[name][1]]
        keys = ("id", "utbildning", "platser") if name == "omgångar" else ("omgång", "moment", "datum", "start", "slut")
        for number, line in enumerate(lines, start=3):
            for key, value in zip(keys, str(line).split(";"), strict=True):
                book[name].cell(number, columns.index(key) + 1, value)
    book.save(path)


def test_filled_in_either_form_is_the_same_problem_and_can_be_planned(tmp_path: Path, run: Run, planned: Path) -> None:
    run("nasta-termin", planned, "-o", tmp_path / "vt")
    run("nasta-termin", planned, "-o", tmp_path / "vt.xlsx")
    fill_folder(tmp_path / "vt")
    fill_workbook(tmp_path / "vt.xlsx")
    folder, workbook = read_problem(tmp_path / "vt"), read_problem(tmp_path / "vt.xlsx")
    assert folder.errors == workbook.errors == ()
    assert folder.problem == workbook.problem
    result = run("planera", tmp_path / "vt", "-o", tmp_path / "plan-vt", "--planeringsdag", "2027-01-04")
    assert result.exit_code == 0, result.output


def test_everything_of_a_hire_comes_back_as_it_was(example_plan: Path, tmp_path: Path, run: Run) -> None:
    before = read_problem(EXAMPLE / "csv").problem
    assert before is not None
    run("nasta-termin", example_plan, "-o", tmp_path / "vt")
    fill_folder(tmp_path / "vt")
    after = read_problem(tmp_path / "vt").problem
    assert after is not None
    assert (after.programmes, after.organisations) == (before.programmes, before.organisations)
    assert after.hires
    for hire in after.hires:
        assert hire == before.hire_by_id[hire.id].model_copy(update={"credits": hire.credits})


@pytest.mark.parametrize("name", ["vt", "vt.xlsx"])
def test_what_is_there_is_never_replaced(tmp_path: Path, run: Run, planned: Path, name: str) -> None:
    run("nasta-termin", planned, "-o", tmp_path / name)
    result = run("nasta-termin", planned, "-o", tmp_path / name)
    assert result.exit_code == 2
    assert "finns redan och ersätts inte" in result.stderr


def test_a_single_csv_file_is_no_input(tmp_path: Path, run: Run, planned: Path) -> None:
    result = run("nasta-termin", planned, "-o", tmp_path / "vt.csv")
    assert result.exit_code == 2
    assert "varken en arbetsbok eller en mapp" in result.stderr
    assert not (tmp_path / "vt.csv").exists()


def test_a_name_that_begins_like_a_formula_cannot_run(tmp_path: Path, run: Run, tables: Path) -> None:
    path = tables / "nyanställda.csv"
    path.write_text(path.read_text("utf-8").replace("Åsa Lind", "=1+1").replace("Bo Ek", "=1+1"), "utf-8")
    run("planera", tables, "-o", tmp_path / "plan")
    run("nasta-termin", tmp_path / "plan", "-o", tmp_path / "vt")
    run("nasta-termin", tmp_path / "plan", "-o", tmp_path / "vt.xlsx")
    names = {row["namn"] for row in rows(tmp_path / "vt" / "nyanställda.csv")}
    assert not any(name.startswith("=") for name in names)
    sheet = load_workbook(tmp_path / "vt.xlsx")["nyanställda"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} <= {"s", "d", "n"}


def test_tasks_and_mentors_go_along_and_are_read_again(tmp_path: Path, run: Run) -> None:
    tasks = "id;namn;ansvarig;från_dag;till_dag;timmar\nU1;Beställ dator;chef;-14;-4;0,5\n"
    mentors = "id;namn;förvaltning\nm1;Maj Holm;N\n"
    source = write_tables(tmp_path / "in", uppgifter=tasks, mentorer=mentors)
    run("planera", source, "-o", tmp_path / "plan")
    assert run("nasta-termin", tmp_path / "plan", "-o", tmp_path / "vt").exit_code == 0
    fill_folder(tmp_path / "vt")
    before, after = read_problem(source).problem, read_problem(tmp_path / "vt").problem
    assert before is not None
    assert after is not None
    assert (after.tasks, after.mentors) == (before.tasks, before.mentors)


LONG = "nyanställd;tillfälle;närvarande\n"


def gone_by(tmp_path: Path, run: Run, attendance: str) -> Path:
    """The small term seen in November, with a programme more
    that nobody can take: everybody goes on to the next term.
    """
    programmes = "id;namn;sammanhållen;dagar_mellan\nCI;Central introduktion;nej;7\nHS;Skola;ja;\n"
    rounds = "id;utbildning;platser\nCI-1;CI;5\nCI-2;CI;5\n"
    tables = write_tables(tmp_path / "in", utbildningar=programmes, omgångar=rounds)
    assert run("planera", tables, "-o", tmp_path / "1", "--tyst").exit_code == 0
    (tables / "närvaro.csv").write_text(attendance, "utf-8")
    again = ("--tidigare", tmp_path / "1", "-o", tmp_path / "2", "--planeringsdag", "2026-11-02", "--tyst")
    result = run("omplanera", tables, *again)
    assert result.exit_code == 0, result.output
    return tmp_path / "2"


def test_what_is_credited_though_nobody_has_confirmed_it_is_told_by_person_and_day(tmp_path: Path, run: Run) -> None:
    told = LONG + "p1;CI-1-1;ja\np1;CI-1-2;ja\np2;CI-1-1;ja\n"
    plan = gone_by(tmp_path, run, told)
    result = run("nasta-termin", plan, "-o", tmp_path / "vt", "--json")
    found = json.loads(result.stdout)["unconfirmed"]
    seats = {(row["hire"], row["session"]) for row in found}
    booked = {(b["hire"], b["session"]) for b in json.loads((plan / "plan.json").read_bytes())["bookings"]}
    assert seats == booked - {("p1", "CI-1-1"), ("p1", "CI-1-2"), ("p2", "CI-1-1")}
    assert ("p2", "CI-1-2") in seats
    assert "fast närvaron är ej bekräftad" in result.stderr
    assert "  Bo Ek (p2): CI:2 15 sep" in result.stderr
    assert "Åsa Öberg" not in result.stderr


def test_nothing_is_said_of_unconfirmed_seats_where_all_are_confirmed(tmp_path: Path, run: Run) -> None:
    everyone = "".join(f"p{n};CI-1-{module};ja\n" for n in (1, 2, 3, 4) for module in (1, 2))
    result = run("nasta-termin", gone_by(tmp_path, run, LONG + everyone), "-o", tmp_path / "vt")
    assert result.exit_code == 0, result.output
    assert "bekräftad" not in result.output
