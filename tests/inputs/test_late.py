"""Only what is new, on top of an input that was read before."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from inputs.normal_form import problem_of
from inputs.read import Reading, read_late, read_problem
from inputs.stored import tables_of
from models.problem import Absence, Attendance, TermProblem

EXAMPLE = Path(__file__).parents[2] / "examples" / "goteborg-ht2026" / "csv"
TODAY = date(2026, 10, 14)
NEW = "id;namn;förvaltning;anställd_från;e-post\nq1;Eva Sen;NO;2026-10-19;eva@nordost.example\n"


@pytest.fixture(scope="module")
def base() -> TermProblem:
    problem = read_problem(EXAMPLE).problem
    assert problem is not None
    return problem


def read(base: TermProblem, folder: Path, **tables: str) -> Reading:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_late(folder, base, TODAY)


def told(reading: Reading) -> list[str]:
    return [finding.text() for finding in reading.errors]


def test_a_stored_problem_is_its_entries_again(base: TermProblem) -> None:
    horizon = (base.settings.horizon_start, base.settings.horizon_end)
    assert problem_of(tables_of(base), horizon) == base


def test_a_new_id_adds_a_hire_and_nothing_else(base: TermProblem, tmp_path: Path) -> None:
    late = read(base, tmp_path, nyanställda=NEW).problem
    assert late is not None
    assert late.hire_by_id["q1"].name == "Eva Sen"
    assert late.model_copy(update={"hires": base.hires}) == base
    assert [hire for hire in late.hires if hire.id != "q1"] == list(base.hires)


def test_a_known_id_changes_what_is_filled_in(base: TermProblem, tmp_path: Path) -> None:
    rows = "id;namn;slutar;arbetsdagar\np017;;2026-10-31;\np002;;;mån-tors\n"
    late = read(base, tmp_path, nyanställda=rows).problem
    assert late is not None
    before, after = base.hire_by_id, late.hire_by_id
    assert after["p017"] == before["p017"].model_copy(update={"ends": date(2026, 10, 31)})
    assert after["p002"] == before["p002"].model_copy(update={"weekdays": (1, 2, 3, 4)})


@pytest.mark.parametrize("hire", ["p001", "p004", "p019"])
def test_a_row_with_the_id_alone_changes_nothing(hire: str, base: TermProblem, tmp_path: Path) -> None:
    assert read(base, tmp_path, nyanställda=f"id\n{hire}\n").problem == base


def test_an_empty_list_of_programmes_stays_one(base: TermProblem, tmp_path: Path) -> None:
    hires = tuple(h.model_copy(update={"programmes": () if h.id == "p001" else None}) for h in base.hires)
    changed = base.model_copy(update={"hires": hires})
    assert read(changed, tmp_path, nyanställda="id\np001\n").problem == changed


def test_absences_are_added_and_attendance_told_again_replaces(base: TermProblem, tmp_path: Path) -> None:
    before = base.model_copy(update={"attendance": (Attendance(hire="p002", session="CI-1-1", present=True),)})
    late = read(
        before,
        tmp_path,
        frånvaro="nyanställd;från;till\np002;2026-11-23;2026-11-27\n",
        närvaro="nyanställd;tillfälle;närvarande\np002;CI-1-1;nej\n",
    ).problem
    assert late is not None
    assert Absence(hire="p002", first=date(2026, 11, 23), last=date(2026, 11, 27)) in late.absences
    assert late.attendance == (Attendance(hire="p002", session="CI-1-1", present=False),)


def test_a_single_file_is_known_by_its_headings(base: TermProblem, tmp_path: Path) -> None:
    place = tmp_path / "till i oktober.csv"
    place.write_text("nyanställd;tillfälle;närvarande\np002;CI-1-1;nej\n", encoding="utf-8")
    late = read_late(place, base, TODAY).problem
    assert late is not None
    assert late.attendance == (Attendance(hire="p002", session="CI-1-1", present=False),)


def test_a_single_file_of_something_else_is_told(base: TermProblem, tmp_path: Path) -> None:
    place = tmp_path / "anteckningar.csv"
    place.write_text("vem;vad\nEva;ring\n", encoding="utf-8")
    assert "med tabellens namn" in told(read_late(place, base, TODAY))[0]


def test_a_workbook_may_be_a_template_filled_in_here_and_there(base: TermProblem, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("nyanställda")
    sheet.append(["id", "namn", "förvaltning", "anställd_från"])
    sheet.append(["q1", "Eva Sen", "NO", date(2026, 10, 19)])
    book.create_sheet("omgångar").append(["id", "utbildning", "platser"])
    book.save(tmp_path / "sena.xlsx")
    late = read_late(tmp_path / "sena.xlsx", base, TODAY)
    assert late.problem is not None, told(late)
    assert "q1" in late.problem.hire_by_id


def test_every_fault_is_told_with_its_own_row(base: TermProblem, tmp_path: Path) -> None:
    found = read(
        base,
        tmp_path,
        nyanställda="id;namn;förvaltning;anställd_från;slutar\nq1;Eva;ZZ;2026-10-19;\np017;;;;2026-07-01\nq2;;;;\n",
        frånvaro="nyanställd;från;till\nq9;2026-11-23;2026-11-27\n",
        närvaro="nyanställd;tillfälle;närvarande\np002;CI-4-1;nej\n",
    )
    assert found.problem is None
    assert [(e.table, e.row, e.column) for e in found.errors] == [
        ("nyanställda", 2, "förvaltning"),
        ("nyanställda", 3, "slutar"),
        ("nyanställda", 4, "anställd_från"),
        ("nyanställda", 4, "förvaltning"),
        ("nyanställda", 4, "namn"),
        ("frånvaro", 2, "nyanställd"),
        ("närvaro", 2, "tillfälle"),
    ]


def test_a_table_that_is_not_taken_here_is_told_not_lost(base: TermProblem, tmp_path: Path) -> None:
    found = read(base, tmp_path, nyanställda=NEW, omgångar="id;utbildning;platser\nCI-4;CI;21\n")
    assert [e.table for e in found.errors] == ["omgångar"]
    assert "hela underlaget" in told(found)[0]


def test_an_absence_has_no_reason_here_either(base: TermProblem, tmp_path: Path) -> None:
    found = read(base, tmp_path, frånvaro="nyanställd;från;till;orsak\np002;2026-11-23;2026-11-27;influensa\n")
    assert "influensa" not in told(found)[0]


def test_two_rows_for_one_hire_are_told(base: TermProblem, tmp_path: Path) -> None:
    found = read(base, tmp_path, nyanställda="id;slutar\np017;2026-10-31\np017;2026-11-30\n")
    assert [(e.row, e.kind) for e in found.errors] == [(3, "dubblett")]


@pytest.mark.parametrize("text", ["", "id;namn\n", "id;namn\nExempel: p1;Eva\n"])
def test_nothing_new_is_told(text: str, base: TermProblem, tmp_path: Path) -> None:
    assert "inga rader" in told(read(base, tmp_path, nyanställda=text))[0]


def test_a_path_that_leads_nowhere_is_told(base: TermProblem, tmp_path: Path) -> None:
    assert "finns inte" in told(read_late(tmp_path / "sena.csv", base, TODAY))[0]


def test_warnings_are_of_the_late_rows_alone(base: TermProblem, tmp_path: Path) -> None:
    rows = "id;namn;förvaltning;anställd_från;e-post\nq1;Zahra Holmåker;NO;2026-10-19;eva\n"
    found = read(base, tmp_path, nyanställda=rows)
    assert {(w.table, w.row, w.column) for w in found.warnings} == {
        ("nyanställda", 2, "namn"),
        ("nyanställda", 2, "e-post"),
    }
    assert not [w for w in found.warnings if "None" in w.message]


def test_a_leaver_with_a_mistyped_id_is_asked_about(base: TermProblem, tmp_path: Path) -> None:
    assert told(read(base, tmp_path, nyanställda="id;slutar\np0017;2026-10-31\n")) == [
        'nyanställda, rad 2, kolumn id: "p0017" finns inte i planen; menade du "p017"?'
    ]


@pytest.mark.parametrize("written", ["p017 ", "p017\u00a0", "\u200bp017"])
def test_a_leaver_whose_id_has_space_around_it_is_known(base: TermProblem, tmp_path: Path, written: str) -> None:
    reading = read(base, tmp_path, nyanställda=f"id;slutar\n{written};2026-10-31\n")
    assert reading.errors == ()
    assert reading.problem is not None
    assert reading.problem.hire_by_id["p017"].ends == date(2026, 10, 31)


def test_late_rows_without_a_column_of_ids_are_told_so(base: TermProblem, tmp_path: Path) -> None:
    place = tmp_path / "sena.csv"
    place.write_text("namn;förvaltning;slutar\nEva Sen;NO;2026-10-31\n", encoding="utf-8")
    lines = told(read_late(place, base, TODAY))
    assert lines == ["nyanställda, rad 1, kolumn id: kolumnen saknas; lägg till den i rubrikraden"]


LATE = (
    "id;namn;förvaltning;enhet;anställd_från;målgrupp\n"
    "q1;Eva Sen;NO;barn och unga angered;2062-10-19;barn & unga\n"
    "P017;Bo Ny;NO;;2026-10-19;Barn och Unga\n"
)


def test_late_rows_are_warned_of_as_all_others_are(base: TermProblem, tmp_path: Path) -> None:
    reading = read(base, tmp_path, nyanställda=LATE)
    assert reading.problem is not None
    assert [(w.row, w.column, w.kind) for w in reading.warnings] == [
        (2, "anställd_från", "långt_utanför"),
        (2, "enhet", "bara_skiftläge"),
        (2, "målgrupp", "okänd_målgrupp"),
        (3, "id", "bara_skiftläge"),
        (3, "målgrupp", "bara_skiftläge"),
    ]
    assert '(nyanställda rad 3) skiljer sig bara i stora och små bokstäver från "p017" (i planen)' in str(
        [w.text() for w in reading.warnings if w.column == "id"]
    )


def test_late_rows_are_warned_of_beside_errors_too(base: TermProblem, tmp_path: Path) -> None:
    reading = read(base, tmp_path, nyanställda=LATE + "q2;Åsa Ny;XX;;2026-10-19;\n")
    assert reading.problem is None
    assert {w.kind for w in reading.warnings} == {"bara_skiftläge", "långt_utanför", "okänd_målgrupp"}


def test_a_whole_input_where_only_what_is_new_is_asked_for_is_one_error(base: TermProblem, tmp_path: Path) -> None:
    reading = read_late(EXAMPLE, base, TODAY)
    (line,) = told(reading)
    assert line.startswith("tabellerna ")
    assert line.endswith("Annars: ta bort de tabellerna")
