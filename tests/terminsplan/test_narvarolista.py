"""Attendance lists: printed, filled in as a person does it in
LibreOffice, and read back by whichever command reads input.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.needed import absent
from tests.terminsplan.small import SMALL, write_tables
from tests.terminsplan.typed import typed

WIDE = SMALL["omgångar"].replace("CI-1;CI;2", "CI-1;CI;5").replace("CI-2;CI;1", "CI-2;CI;5")
TWINS = SMALL["nyanställda"].replace("Åsa Lind", "Åsa Öberg")
"""p1 and p3 share a name."""
OCTOBER = "2026-10-01"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``plan`` beside its input ``in``: everybody in CI-1, two of them of one name."""
    place = tmp_path_factory.mktemp("lists")
    tables = write_tables(place / "in", omgångar=WIDE, nyanställda=TWINS)
    result = typed("planera", tables, "-o", place / "plan", "--tyst")
    assert result.exit_code == 0, result.output
    return place / "plan"


def lists(plan: Path, to: Path, *rounds: str) -> Path:
    result = typed("narvarolista", plan, *rounds, "-o", to)
    assert result.exit_code == 0, result.output
    return to


def heading(sheet: Worksheet) -> int:
    return next(row for row in range(1, 30) if sheet.cell(row, 1).value == "Nr")


def row_of(sheet: Worksheet, id_: str) -> int:
    return next(row for row in range(heading(sheet) + 1, sheet.max_row + 1) if sheet.cell(row, 6).value == id_)


def filled(plan: Path, to: Path, fill: Callable[[Workbook], None]) -> Path:
    """The lists of all rounds after somebody wrote into them."""
    book = load_workbook(lists(plan, to))
    fill(book)
    book.save(to)
    return to


def mark(book: Workbook, session: str, **marks: Any) -> None:  # noqa: ANN401  # whatever one may type
    for id_, value in marks.items():
        book[session].cell(row_of(book[session], id_), 4).value = value


def attendance(plan: Path) -> dict[tuple[str, str], bool]:
    rows = json.loads((plan / "indata.json").read_text("utf-8"))["attendance"]
    return {(row["hire"], row["session"]): row["present"] for row in rows}


def replanned(plan: Path, late: Path, to: Path) -> Path:
    result = typed("omplanera", "--sena", late, "--tidigare", plan, "-o", to, "--planeringsdag", OCTOBER)
    assert result.exit_code == 0, result.output
    return to


def refused(plan: Path, late: Path, to: Path) -> str:
    result = typed("omplanera", "--sena", late, "--tidigare", plan, "-o", to, "--planeringsdag", OCTOBER)
    assert result.exit_code == 2, result.output
    assert not to.exists()
    return result.stderr


def through_libreoffice(path: Path, folder: Path, form: str) -> Path:
    office = shutil.which("soffice")
    if office is None:
        absent("soffice")
    profile = f"-env:UserInstallation=file://{folder / 'profil'}"
    how = ["--headless", "--convert-to", form, "--outdir", str(folder / "ur-libreoffice")]
    subprocess.run([office, profile, *how, str(path)], check=True, capture_output=True)
    return folder / "ur-libreoffice" / f"{path.stem}.{form}"


def test_a_sheet_a_session_has_the_names_a_box_and_a_line_to_sign_and_prints_upright_on_a4(
    plan: Path, tmp_path: Path
) -> None:
    book = load_workbook(lists(plan, tmp_path / "listor.xlsx"))
    assert book.sheetnames == ["CI-1-1", "CI-1-2"]
    for sheet in book:
        top = heading(sheet)
        assert [c.value for c in sheet[top]] == ["Nr", "Namn", "Förvaltning, enhet", "Närvarande", "Underskrift", "Id"]
        names = [sheet.cell(row, 2).value for row in range(top + 1, top + 5)]
        assert names == ["[red]Dan[/red]", "Bo Ek", "Åsa Öberg", "Åsa Öberg"]
        assert sheet.cell(top + 1, 4).border.left.style == "medium"
        assert sheet.cell(top + 1, 5).border.bottom.style == "thin"
        assert sheet.max_row >= top + 4 + 3
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("portrait", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"${top}:${top}"


def test_only_the_rounds_that_are_named_are_written_and_an_unknown_one_is_refused(plan: Path, tmp_path: Path) -> None:
    empty = typed("narvarolista", plan, "CI-2", "-o", tmp_path / "a.xlsx")
    unknown = typed("narvarolista", plan, "CI-9", "-o", tmp_path / "b.xlsx")
    assert (empty.exit_code, unknown.exit_code) == (2, 2)
    assert "Ingen har plats" in empty.stderr
    assert "CI-9 är ingen omgång i planen" in unknown.stderr
    assert "Omgångarna är CI-1 och CI-2" in unknown.stderr
    several = typed("narvarolista", plan, "CI-8", "CI-9", "-o", tmp_path / "b.xlsx")
    assert "CI-8 och CI-9 är inga omgångar i planen" in several.stderr
    assert not list(tmp_path.iterdir())


def test_another_ending_is_refused_without_naming_an_option_that_the_command_lacks(plan: Path, tmp_path: Path) -> None:
    lists_, template = (typed(*command, tmp_path / "a.csv") for command in (("narvarolista", plan, "-o"), ("mall",)))
    assert (lists_.exit_code, template.exit_code) == (2, 2)
    assert "slutar inte på .xlsx" in lists_.stderr
    assert ("--csv" in lists_.stderr, "--csv" in template.stderr) == (False, True)


def test_the_same_plan_gives_the_same_bytes_and_a_filled_in_list_is_not_replaced_unasked(
    plan: Path, tmp_path: Path
) -> None:
    first, second = (lists(plan, tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == second
    assert typed("narvarolista", plan, "-o", tmp_path / "a.xlsx").exit_code == 2
    assert typed("narvarolista", plan, "-o", tmp_path / "a.xlsx", "--tvinga").exit_code == 0


def test_filled_in_and_saved_by_libreoffice_it_is_attendance(plan: Path, tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        mark(book, "CI-1-1", p1="x", p2="nej", p3="Ja", p4=1)
        mark(book, "CI-1-2", p1=True, p2="X", p3="J", p4="n")

    path = filled(plan, tmp_path / "listor.xlsx", fill)
    saved = through_libreoffice(path, tmp_path, "xlsx")
    found = attendance(replanned(plan, saved, tmp_path / "ny"))
    assert found == {
        ("p1", "CI-1-1"): True, ("p2", "CI-1-1"): False, ("p3", "CI-1-1"): True, ("p4", "CI-1-1"): True,
        ("p1", "CI-1-2"): True, ("p2", "CI-1-2"): True, ("p3", "CI-1-2"): True, ("p4", "CI-1-2"): False,
    }  # fmt: skip


def test_every_session_begins_a_page_when_printed(plan: Path, tmp_path: Path) -> None:
    printed = through_libreoffice(lists(plan, tmp_path / "listor.xlsx"), tmp_path, "pdf").read_bytes()
    assert printed.count(b"/Type/Page/") + printed.count(b"/Type /Page\n") + printed.count(b"/Type/Page\n") == 2


def test_a_blank_box_says_nothing_and_a_list_without_marks_is_not_read(plan: Path, tmp_path: Path) -> None:
    path = filled(plan, tmp_path / "listor.xlsx", lambda book: mark(book, "CI-1-1", p1="x"))
    result = typed("omplanera", "--sena", path, "--tidigare", plan, "-o", tmp_path / "ny", "--planeringsdag", OCTOBER)
    assert attendance(tmp_path / "ny") == {("p1", "CI-1-1"): True}
    assert (
        "CI-1-1, rad 12: 3 rutor är tomma och räknas som ej bekräftade; skriv nej för den som uteblev" in result.stderr
    )
    assert "1 närvarolista är inte ifylld och läses inte: CI-1-2" in result.stderr


def test_lists_without_any_mark_are_refused_as_late_input(plan: Path, tmp_path: Path) -> None:
    assert "ingen ruta är ifylld" in refused(plan, lists(plan, tmp_path / "listor.xlsx"), tmp_path / "ny")


def test_who_came_without_being_on_the_list_is_written_below_by_name_or_id(plan: Path, tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "in", omgångar=WIDE, nyanställda=TWINS + "p5;Eva Sen;N;2026-09-07;e@example.se;\n")
    typed("planera", tables, "-o", tmp_path / "plan", "--tyst")

    def fill(book: Workbook) -> None:
        sheet = book["CI-1-1"]
        sheet.cell(heading(sheet) + 5, 2).value = "eva  SEN"
        sheet.cell(heading(sheet) + 5, 4).value = "x"
        other = book["CI-1-2"]
        other.cell(heading(other) + 5, 6).value = "p5"
        other.cell(heading(other) + 5, 4).value = "x"

    found = attendance(
        replanned(tmp_path / "plan", filled(tmp_path / "plan", tmp_path / "l.xlsx", fill), tmp_path / "ny")
    )
    assert found == {("p5", "CI-1-1"): True, ("p5", "CI-1-2"): True}


def _set_heading(sheet: Worksheet) -> None:
    sheet.cell(heading(sheet), 4).value = "Var där"


FAULTS: dict[str, tuple[Callable[[Worksheet], None], str]] = {
    "an unknown mark": (
        lambda sheet: _set(sheet, "p2", 4, "kanske"),
        'CI-1-1, rad 14, kolumn Närvarande: "kanske" är ingen känd markering; skriv x för den som var där och nej',
    ),
    "an unknown id": (
        lambda sheet: _set(sheet, "p2", 6, "p9", marked=True),
        'CI-1-1, rad 14, kolumn Id: "p9" är inget id i nyanställda',
    ),
    "an id of another": (
        lambda sheet: _set(sheet, "p2", 6, "p4", marked=True),
        'CI-1-1, rad 14, kolumn Namn: "Bo Ek" är inte p4, som heter [red]Dan[/red]',
    ),
    "a name that two have": (
        lambda sheet: _set(sheet, "p1", 6, None, marked=True),
        'CI-1-1, rad 15, kolumn Namn: "Åsa Öberg" heter flera (p1, p3); skriv rätt id i kolumnen Id',
    ),
    "a name that nobody has": (
        lambda sheet: _stranger(sheet, "Åsa Okänd"),
        'CI-1-1, rad 17, kolumn Namn: "Åsa Okänd" finns inte i nyanställda',
    ),
    "a mark beside nobody": (lambda sheet: _stranger(sheet, None), "CI-1-1, rad 17, kolumn Närvarande: "),
    "an unknown session": (
        lambda sheet: _fact(sheet, "Tillfälle", "HÖSTDAG"),
        'CI-1-1, rad 7: "HÖSTDAG" är inget tillfälle här; är listan från en annan plan?',
    ),
    "another day": (
        lambda sheet: _fact(sheet, "Datum", "2026-09-02"),
        'CI-1-1, rad 8: "2026-09-02" stämmer inte: tillfället CI-1-1 är 2026-09-01; är listan från en annan plan?',
    ),
    "another start": (
        lambda sheet: _fact(sheet, "Börjar", "13:00"),
        'CI-1-1, rad 9: "13:00" stämmer inte: tillfället CI-1-1 börjar 09:00; är listan från en annan plan?',
    ),
    "no session": (
        lambda sheet: _fact(sheet, "Tillfälle", None),
        "CI-1-1, rad 12: raden Tillfälle saknas eller är tom",
    ),
    "no headings": (_set_heading, "CI-1-1, rad 1: bladet ser ut som en närvarolista men saknar"),
}


def _set(sheet: Worksheet, id_: str, column: int, value: str | None, *, marked: bool = False) -> None:
    row = row_of(sheet, id_)
    sheet.cell(row, column).value = value
    if marked:
        sheet.cell(row, 4).value = "x"


def _stranger(sheet: Worksheet, name: str | None) -> None:
    sheet.cell(heading(sheet) + 5, 2).value = name
    sheet.cell(heading(sheet) + 5, 4).value = "x"


def _fact(sheet: Worksheet, label: str, value: str | None) -> None:
    row = next(row for row in range(1, 12) if sheet.cell(row, 1).value == label)
    sheet.cell(row, 2).value = value
    _set(sheet, "p2", 4, "x")


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_told_with_sheet_and_row(plan: Path, tmp_path: Path, fault: str) -> None:
    spoil, told = FAULTS[fault]
    path = filled(plan, tmp_path / "listor.xlsx", lambda book: spoil(book["CI-1-1"]))
    assert told in refused(plan, path, tmp_path / "ny")


def test_a_list_of_a_session_not_yet_held_is_refused(plan: Path, tmp_path: Path) -> None:
    path = filled(plan, tmp_path / "listor.xlsx", lambda book: mark(book, "CI-1-1", p1="x"))
    result = typed(
        "omplanera", "--sena", path, "--tidigare", plan, "-o", tmp_path / "ny", "--planeringsdag", "2026-08-20"
    )
    assert result.exit_code == 2
    assert "CI-1-1, rad" in result.stderr
    assert "hålls först 2026-09-01" in result.stderr


@pytest.mark.parametrize("command", ["kontrollera", "planera", "omplanera", "granska"])
@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_lists_in_the_input_are_read_by_every_command_that_reads_it(
    plan: Path, tmp_path: Path, command: str, form: str
) -> None:
    """A wrong mark shows that the list was read."""
    book = load_workbook(filled(plan, tmp_path / "listor.xlsx", lambda book: mark(book, "CI-1-1", p1="hm")))
    if form == "folder":
        source = write_tables(tmp_path / "in", omgångar=WIDE, nyanställda=TWINS)
        shutil.copy(tmp_path / "listor.xlsx", source / "listor.xlsx")
        where = "listor.xlsx, CI-1-1, rad 15"
    else:
        for name, table in (SMALL | {"omgångar": WIDE, "nyanställda": TWINS}).items():
            sheet = book.create_sheet(name)
            for line in table.splitlines():
                sheet.append(line.split(";"))
        source, where = tmp_path / "allt.xlsx", "CI-1-1, rad 15"
        book.save(source)
    more: dict[str, list[object]] = {
        "kontrollera": [source],
        "planera": [source, "-o", tmp_path / "ut"],
        "omplanera": [source, "--tidigare", plan, "-o", tmp_path / "ut"],
        "granska": [source, plan],
    }
    result = typed(command, *more[command])
    assert result.exit_code == 2
    assert f'{where}, kolumn Närvarande: "hm" är ingen känd markering' in result.stderr + result.stdout


def test_what_a_list_and_the_table_both_tell_is_told_where_both_stand(plan: Path, tmp_path: Path) -> None:
    source = write_tables(
        tmp_path / "in", omgångar=WIDE, nyanställda=TWINS, närvaro="nyanställd;tillfälle;närvarande\np1;CI-1-1;ja\n"
    )
    filled(plan, source / "listor.xlsx", lambda book: mark(book, "CI-1-1", p1="x"))
    result = typed("kontrollera", source, "--planeringsdag", OCTOBER)
    assert result.exit_code == 2
    assert "finns redan på rad 2 i närvaro" in result.stderr + result.stdout


def test_sessions_with_odd_ids_get_sheets_of_their_own(tmp_path: Path) -> None:
    sessions = SMALL["tillfällen"].splitlines()
    ids = ["id", "a/b?[1]:*", "A-B--1---", "närvaro", "x" * 40]
    table = "\n".join(f"{line};{id_}" for line, id_ in zip(sessions, ids, strict=True)) + "\n"
    typed("planera", write_tables(tmp_path / "in", tillfällen=table), "-o", tmp_path / "plan", "--tyst")
    path = lists(tmp_path / "plan", tmp_path / "l.xlsx")
    book = load_workbook(path)
    assert len({name.casefold() for name in book.sheetnames}) == 4
    for sheet in book:
        sheet.cell(heading(sheet) + 1, 4).value = "x"
    book.save(path)
    result = typed(
        "omplanera",
        "--sena",
        path,
        "--tidigare",
        tmp_path / "plan",
        "-o",
        tmp_path / "ny",
        "--planeringsdag",
        "2026-12-01",
    )
    assert result.exit_code == 0, result.output
    assert {session for _, session in attendance(tmp_path / "ny")} == set(ids[1:])
