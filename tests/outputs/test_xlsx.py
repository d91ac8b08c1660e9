"""plan.xlsx opened again, as a coordinator would."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models.ids import State
from models.plan import Plan
from models.problem import TermProblem
from outputs import words
from outputs.xlsx import workbook
from tests.outputs import sample

TERM = sample.problem()
MADE = sample.plan(TERM)
SHEETS = ["Översikt", "Personer", "Omgångar", "Ej i tid", "Beläggning", "Inställningar"]
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "http://x.example",
    "'x",
    '<b>&"',
    "123",
)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(workbook(TERM, MADE))


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    (table,) = (t for t in book[sheet].tables.values() if t.name == sheet.replace(" ", "_"))
    found = [[cell.value for cell in row] for row in book[sheet][table.ref]]
    return [dict(zip(map(str, found[0]), values, strict=True)) for values in found[1:]]


def test_the_sheets_come_in_the_order_of_the_contract(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_the_sheet_of_changes_is_there_only_after_a_replan() -> None:
    changed = opened(workbook(TERM, MADE, changes=sample.changes(MADE)))
    assert changed.sheetnames == [*SHEETS[:5], "Ändringar", "Inställningar"]
    kinds = {r["Ändring"] for r in rows(changed, "Ändringar")}
    assert kinds == {"Ny plats", "Flyttad", "Ändrad", "Inställd"}
    assert "p999" in {r["Namn"] for r in rows(changed, "Ändringar")}


def test_a_book_has_the_bytes_that_sheets_of_the_library_give(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = sample.changes(MADE)
    ours = workbook(TERM, MADE, changes=changes)
    asked: list[str] = []

    class Plain(Worksheet):
        def __init__(self) -> None:
            asked.append("sheet")
            super().__init__()

    monkeypatch.setattr("outputs.sheets.book.QuickSheet", Plain)
    assert workbook(TERM, MADE, changes=changes) == ours
    assert len(asked) == len(SHEETS) + 1


def test_a_book_that_is_written_keeps_no_cells_in_memory_beside_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def remembered(*told: object) -> xlsxwriter.Workbook:
        made.append(xlsxwriter_workbook(*told))
        return made[-1]

    xlsxwriter_workbook = xlsxwriter.Workbook
    monkeypatch.setattr(xlsxwriter, "Workbook", remembered)
    assert opened(workbook(TERM, MADE)).sheetnames == SHEETS
    assert [len(sheet.table) for sheet in made[0].worksheets()] == [0] * len(SHEETS)


def test_every_requirement_has_its_row_with_real_dates(book: Workbook) -> None:
    found = {(r["Id"], r["Utbildning"]): r for r in rows(book, "Personer")}
    assert len(found) == len(MADE.requirements)
    for requirement in MADE.requirements:
        row = found[requirement.hire, TERM.programme_by_id[requirement.programme].name]
        assert row["Läge"] == words.STATES[requirement.state]
        assert row["Frist"] == (requirement.deadline and datetime.combine(requirement.deadline, datetime.min.time()))
        assert row["Klar"] == (
            requirement.completed_on and datetime.combine(requirement.completed_on, datetime.min.time())
        )


def test_those_not_on_time_have_reasons_and_suggestions_in_words(book: Workbook) -> None:
    found = rows(book, "Ej i tid")
    expected = [r for r in MADE.requirements if r.state in (State.MISSING, State.LATE, State.WAITING)]
    assert len(found) == len(expected)
    states = [str(r["Läge"]) for r in found]
    assert states == sorted(states, key=["Saknar plats", "Försenad", "Väntar"].index)
    assert all(
        "HT26" in str(r["Varför inte någon annan omgång"]) or "HS-" in str(r["Varför inte någon annan omgång"])
        for r in found
    )
    assert any("En plats till i YR-HT26-2: 3 fler krav i tid" in str(r["Vad som skulle hjälpa"]) for r in found)


def test_a_long_list_of_reasons_ends_by_saying_how_many_more() -> None:
    missing = next(r for r in MADE.requirements if r.state is State.MISSING)
    ideas = missing.suggestions * 10
    made = MADE.model_copy(update={"requirements": (missing.model_copy(update={"suggestions": ideas}),)})
    (row,) = rows(opened(workbook(TERM, made)), "Ej i tid")
    assert str(row["Vad som skulle hjälpa"]).endswith("… och 8 till; kör terminsplan orsak.")


def test_occupancy_counts_the_seats_of_every_session(book: Workbook) -> None:
    found = rows(book, "Beläggning")
    assert len(found) == len(TERM.sessions)
    assert sum(int(str(r["Deltagare"])) for r in found) == len(MADE.bookings)
    assert {r["Beläggning"] for r in found} >= {"Full", "Lediga platser", "Inställd", "Öppnas inte"}


def test_a_participant_list_has_everyone_in_the_round_with_what_they_attend(book: Workbook) -> None:
    sheet = book["Omgångar"]
    title = next(row for row in range(20, 400) if str(sheet.cell(row, 1).value).startswith("CI-HT26-2  "))
    heading = next(row for row in range(title, title + 20) if sheet.cell(row, 1).value == "Namn")
    assert [sheet.cell(heading, c).value for c in range(4, 6)] == ["tis 15 sep", "tis 29 sep"]
    listed = []
    while sheet.cell(heading + 1 + len(listed), 1).value:
        listed.append([sheet.cell(heading + 1 + len(listed), c).value for c in (1, 4, 5)])
    seats = {s: {b.hire for b in MADE.bookings if b.session == s} for s in ("CI-HT26-2-1", "CI-HT26-2-2")}
    names = {TERM.hire_by_id[h].name for ids in seats.values() for h in ids}
    assert {row[0] for row in listed} == names
    assert sum(row[1] == "✓" for row in listed) == len(seats["CI-HT26-2-1"])
    assert sum(row[2] == "✓" for row in listed) == len(seats["CI-HT26-2-2"])


def test_every_list_starts_a_page_and_is_reached_by_its_link(book: Workbook) -> None:
    sheet = book["Omgångar"]
    breaks = {b.id for b in sheet.row_breaks.brk}
    links = [c.hyperlink.location for row in sheet["A5:A25"] for c in row if c.hyperlink]
    assert links
    for link in links:
        row = int(str(link).rsplit("A", 1)[1])
        assert row - 1 in breaks
        assert "  " in str(sheet.cell(row, 1).value)


def test_the_overview_gives_the_answers_and_explains_every_level(book: Workbook) -> None:
    text = "\n".join(str(c.value) for row in book["Översikt"] for c in row if c.value is not None)
    assert "81 av 87" in text
    for result in MADE.levels:
        assert result.name.words.title in text
        assert result.name.words.meaning in text
    assert "Socialförvaltningen Sydväst" in text


@pytest.mark.parametrize("name", ["Personer", "Ej i tid", "Beläggning"])
def test_the_long_sheets_filter_freeze_and_print_as_people_do(book: Workbook, name: str) -> None:
    sheet = book[name]
    (table,) = sheet.tables.values()
    assert table.autoFilter is not None
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "Sida" in str(sheet.oddFooter.right.text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_begins_like_a_formula_stays_text(text: str) -> None:
    term = sample.problem(12, name=text)
    content = workbook(term, sample.plan(term), changes=sample.changes(sample.plan(term)))
    book = opened(content)
    assert unescape(str(rows(book, "Personer")[0]["Namn"])) == text
    for sheet in book:
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        external = [n for n in archive.namelist() if "externalLink" in n]
        links = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels")]
    assert not external
    assert not [link for link in links if 'TargetMode="External"' in link]


def test_every_part_is_well_formed_and_table_headings_are_unique(book: Workbook) -> None:
    with zipfile.ZipFile(BytesIO(workbook(TERM, MADE, changes=sample.changes(MADE)))) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    for sheet in book:
        assert len(sheet.title) <= 31
        for table in sheet.tables.values():
            names = [c.name.casefold() for c in table.tableColumns]
            assert len(names) == len(set(names))
            assert all(names)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert workbook(TERM, MADE) == workbook(sample.problem(), sample.plan(sample.problem()))


def test_the_date_of_the_file_is_the_planning_date(book: Workbook) -> None:
    assert book.properties.created == datetime(2026, 8, 3)  # noqa: DTZ001


def test_an_empty_plan_says_so_in_place_of_empty_tables() -> None:
    term = TERM.model_copy(update={"rounds": (), "sessions": (), "quotas": ()})
    book = opened(workbook(term, empty(term), changes=sample.changes(MADE).model_copy(update={"changes": ()})))
    said = {str(book[name]["A4"].value) for name in ("Personer", "Omgångar", "Ej i tid", "Beläggning", "Ändringar")}
    assert "Inga tillfällen." in said
    assert "Alla blir klara i tid, och ingen väntar." in said


def test_a_date_older_than_excel_is_written_out() -> None:
    hires = tuple(h.model_copy(update={"starts": date(1815, 6, 18)}) for h in TERM.hires[:1]) + TERM.hires[1:]
    book = opened(workbook(TERM.model_copy(update={"hires": hires}), MADE))
    assert "1815-06-18" in {r["Anställd från"] for r in rows(book, "Personer")}


def test_someone_in_a_round_who_has_left_the_tables_is_listed_by_id() -> None:
    gone = MADE.bookings[0].model_copy(update={"hire": "p999"})
    book = opened(workbook(TERM, MADE.model_copy(update={"bookings": (*MADE.bookings, gone)})))
    assert "p999" in {c.value for row in book["Omgångar"].iter_rows() for c in row}


def empty(term: TermProblem) -> Plan:
    return MADE.model_copy(update={"bookings": (), "requirements": (), "rounds": (), "levels": ()})


def test_a_seat_that_nobody_has_confirmed_is_told_apart_from_one_that_was_attended() -> None:
    seat = next(b for b in MADE.bookings if b.round == "CI-HT26-2")
    untold = tuple(b.model_copy(update={"unconfirmed": b == seat}) for b in MADE.bookings)
    made = opened(workbook(TERM, MADE.model_copy(update={"bookings": untold, "planning_date": date(2026, 12, 1)})))
    marks = [cell.value for row in made["Omgångar"].iter_rows() for cell in row if cell.value in ("✓", "ej bekräftad")]
    plain = [cell.value for row in opened(workbook(TERM, MADE))["Omgångar"].iter_rows() for cell in row]
    assert marks.count("ej bekräftad") == 1
    assert len(marks) == plain.count("✓")
    days = {(r["Id"], r["Ej bekräftade dagar"]) for r in rows(made, "Personer") if r["Ej bekräftade dagar"]}
    assert days == {(seat.hire, words.short_day(seat.start.date()))}
