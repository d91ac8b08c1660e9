"""What an administration is given: its own people and no one else's, nor any figure that tells of others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import PurePosixPath

import pytest
from openpyxl import load_workbook

from models.base import Frozen
from models.change import PlanDiff
from models.ids import State
from models.plan import Plan
from models.problem import Hire, TermProblem
from outputs.events import number_events
from outputs.figures import Figures
from outputs.files import administrations, calendars
from outputs.files.kinds import Output, Planned
from outputs.files.own_people import OwnPeople
from outputs.words import STATES
from tests.outputs import sample

OUTPUTS: tuple[Output, ...] = (administrations.OUTPUT, calendars.OUTPUT)
ID_FIELDS = {"id", "organisation"}


def marked(hire: Hire) -> Hire:
    """The hire with a mark of its own in every text that is hers; hostile to whoever joins or splits texts."""
    marks = {
        name: f"{name.upper()}·{hire.id}·"
        for name, field in type(hire).model_fields.items()
        if name not in ID_FIELDS and field.annotation in (str, str | None)
    }
    return hire.model_copy(
        update={**marks, "email": f"mail.{hire.id}.x@example.se", "target_groups": (f"GRUPP·{hire.id}·",)}
    )


def marks_of(hire: Hire) -> Iterator[str]:
    for name in type(hire).model_fields:
        value = getattr(hire, name)
        if name not in ID_FIELDS and isinstance(value, str):
            yield value
    yield from hire.target_groups


def planned() -> Planned:
    """A re-plan of the sample, in which somebody of another administration came in for almost everyone."""
    plain = sample.problem()
    problem = plain.model_copy(update={"hires": tuple(marked(hire) for hire in plain.hires)})
    plan = number_events(problem, sample.plan(problem), None, None, "serie")
    diff = sample.changes(plan)
    everyone = tuple(hire.id for hire in problem.hires)
    changes = tuple(change.model_copy(update={"in_favour_of": everyone}) for change in diff.changes)
    return Planned(problem, plan, diff.model_copy(update={"changes": changes}))


MADE = planned()


@cache
def files() -> Mapping[PurePosixPath, bytes]:
    """What the administrations are given of the whole."""
    found = {}
    for output in OUTPUTS:
        for path, content in output.placed(MADE):
            assert isinstance(content, bytes)
            found[path] = content
    return found


def text_of(path: PurePosixPath, content: bytes) -> str:
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    return content.decode("utf-8").replace("\r\n ", "")


def reader_of(problem: TermProblem, path: PurePosixPath) -> str | None:
    """The administration that a file is for; None for what is for all of a round."""
    if path.parts[0] == "forvaltning":
        return path.parts[1]
    match path.parts[1]:
        case "person":
            return problem.hire_by_id[path.stem].organisation
        case "forvaltning":
            return path.stem
        case "enhet" | "chef":
            return path.stem.partition("-")[0]
    return None


def test_nothing_of_any_person_stands_in_a_file_of_another_administration() -> None:
    read = {path: text_of(path, content) for path, content in files().items()}
    owned = {path: reader for path in read if (reader := reader_of(MADE.problem, path)) is not None}
    assert set(owned.values()) == {o.id for o in MADE.problem.organisations}
    for hire in MADE.problem.hires:
        for mark in marks_of(hire):
            astray = [str(path) for path, reader in owned.items() if reader != hire.organisation and mark in read[path]]
            assert not astray, mark


@pytest.mark.parametrize("kind", ["forvaltning", "kalendrar"])
def test_a_persons_name_does_stand_in_the_files_of_her_own_administration(kind: str) -> None:
    read = {path: text_of(path, content) for path, content in files().items() if path.parts[0] == kind}
    for hire in MADE.problem.hires:
        if any(booking.hire == hire.id for booking in MADE.plan.bookings):
            assert any(
                hire.name in text for path, text in read.items() if reader_of(MADE.problem, path) == hire.organisation
            )


def alone(made: Planned, organisation: str) -> Planned:
    """The term with nobody of any other administration."""
    own = {hire.id for hire in made.problem.hires if hire.organisation == organisation}
    problem = made.problem.model_copy(
        update={
            "hires": tuple(h for h in made.problem.hires if h.id in own),
            "absences": tuple(a for a in made.problem.absences if a.hire in own),
        }
    )
    fields = ("bookings", "cancelled", "requirements")
    plan = made.plan.model_copy(
        update={name: tuple(row for row in getattr(made.plan, name) if row.hire in own) for name in fields}
        | {"rounds": (), "levels": (), "events": ()}
    )
    assert made.changes is not None
    changes = tuple(
        c.model_copy(update={"in_favour_of": tuple(h for h in c.in_favour_of if h in own)})
        for c in made.changes.changes
        if c.hire in own
    )
    return Planned(problem, plan, PlanDiff(changes=changes, unchanged=unchanged(plan, changes)))


def unchanged(plan: Plan, changes: tuple[object, ...]) -> int:
    return len(plan.bookings) - sum(getattr(change, "after", None) is not None for change in changes)


@pytest.mark.parametrize("organisation", [o.id for o in sample.ORGANISATIONS])
def test_an_administrations_files_are_the_same_whoever_else_is_in_the_plan(organisation: str) -> None:
    def own(made: Planned) -> Mapping[PurePosixPath, bytes]:
        return {p: content for p, content in administrations.OUTPUT.placed(made) if p.parts[1] == organisation}  # type: ignore[misc]

    assert own(MADE) == own(alone(MADE, organisation))


def test_the_parts_are_the_whole() -> None:
    parts = dict(OwnPeople(MADE).administrations())
    assert sum(len(part.plan.bookings) for part in parts.values()) == len(MADE.plan.bookings)
    assert sum(len(part.plan.requirements) for part in parts.values()) == len(MADE.plan.requirements)
    assert sum(len(part.problem.hires) for part in parts.values()) == len(MADE.problem.hires)
    assert MADE.changes is not None
    known = [c for c in MADE.changes.changes if c.hire in MADE.problem.hire_by_id]
    assert sum(len(part.changes.changes) for part in parts.values() if part.changes) == len(known)
    assert sum(part.changes.unchanged for part in parts.values() if part.changes) == MADE.changes.unchanged


def test_the_list_has_a_row_for_every_seat_and_every_requirement_without_one() -> None:
    organisation = "NO"
    path = PurePosixPath("forvaltning", organisation, "lista.xlsx")
    book = load_workbook(io.BytesIO(files()[path]))
    assert book.sheetnames == ["Översikt", "Vem går när", "Personer", "Ej i tid", "Ändringar"]
    rows = list(book["Vem går när"].iter_rows(min_row=5, values_only=True))
    own = {h.id for h in MADE.problem.hires if h.organisation == organisation}
    seats = [b for b in MADE.plan.bookings if b.hire in own]
    without = [r for r in MADE.plan.requirements if r.hire in own and not _booked(r.hire, r.programme)]
    assert len(rows) == len(seats) + len(without)
    assert {row[3] for row in rows} <= own
    assert [row[0] for row in rows] == sorted(
        (str(row[0]) for row in rows), key=lambda u: (u == "Utan enhet", _swedish(u))
    )
    waiting = [r for r in without if r.state is State.WAITING]
    assert sum(row[11] == "Väntar" for row in rows) == len(waiting)


def _booked(hire: str, programme: str) -> bool:
    return any(b.hire == hire and b.programme == programme for b in MADE.plan.bookings)


def _swedish(text: str) -> list[tuple[int, str]]:
    return [("åäö".find(c), c) for c in text.casefold()]


def test_what_would_help_is_told_without_what_it_gives_to_others() -> None:
    path = PurePosixPath("forvaltning", "CE", "lista.xlsx")
    rows = load_workbook(io.BytesIO(files()[path]))["Ej i tid"].iter_rows(min_row=5, values_only=True)
    told = {line for row in rows for line in str(row[8] or "").split("\n") if line}
    assert told
    assert not any("krav" in line for line in told)
    assert any(line == "En plats till i YR-HT26-2." for line in told)


def test_an_administration_without_people_gets_files_that_say_so() -> None:
    problem = MADE.problem.model_copy(update={"hires": (), "absences": ()})
    plan = MADE.plan.model_copy(update={"bookings": (), "requirements": (), "events": ()})
    found = dict(administrations.OUTPUT.placed(Planned(problem, plan)))
    page = found[PurePosixPath("forvaltning", "CE", "rapport.html")]
    assert isinstance(page, bytes)
    assert "Ingen av era är med i planen." in page.decode()


def test_a_rerun_may_replace_these_files_and_no_others_in_their_folder() -> None:
    owns = administrations.OUTPUT.owns
    assert owns(PurePosixPath("forvaltning/CE/lista.xlsx"))
    assert owns(PurePosixPath("forvaltning/CE/rapport.html"))
    assert not owns(PurePosixPath("forvaltning/CE/mina anteckningar.xlsx"))
    assert not owns(PurePosixPath("annat/CE/lista.xlsx"))


def test_an_administration_sees_which_seats_nobody_has_confirmed() -> None:
    plan = MADE.plan.model_copy(
        update={
            "planning_date": date(2026, 12, 1),
            "bookings": tuple(b.model_copy(update={"unconfirmed": b.module == 1}) for b in MADE.plan.bookings),
        }
    )
    found = dict(administrations.OUTPUT.placed(Planned(MADE.problem, plan)))
    content, page = (found[PurePosixPath("forvaltning", "NO", name)] for name in ("lista.xlsx", "rapport.html"))
    assert isinstance(content, bytes)
    assert isinstance(page, bytes)
    book = load_workbook(io.BytesIO(content))
    seats = [str(row[12]) for row in book["Vem går när"].iter_rows(min_row=5, values_only=True) if row[12]]
    assert set(seats) == {"Ej bekräftad", "Hållen"} | ({"Bokad"} & set(seats))
    overview = {row[0]: row[1] for row in book["Översikt"].iter_rows(values_only=True)}
    assert overview["Närvaro ej bekräftad"] == f"{seats.count('Ej bekräftad')} platser"
    assert page.decode().count("ej bekräftad</small>") == seats.count("Ej bekräftad")


def test_the_table_of_units_and_managers_adds_up_to_the_administrations_share() -> None:
    own = dict(OwnPeople(MADE).administrations())["NO"]
    share = next(s for s in Figures(MADE.problem, MADE.plan).shares if s.organisation == "NO")
    sheet = load_workbook(io.BytesIO(files()[PurePosixPath("forvaltning", "NO", "lista.xlsx")]))["Översikt"]
    heading, *rows = [row for row in sheet.iter_rows(values_only=True) if len(row) > 3 and row[3] is not None]
    columns = {name: sum(int(str(row[n])) for row in rows) for n, name in enumerate(heading) if n >= 2}
    assert columns["Personer"] == len(own.problem.hires)
    assert columns["Krav"] == share.requirements
    assert (columns["Krav i tid"], columns["av krav med frist"]) == (share.on_time, share.counted)
    for state, number in share.states.items():
        assert columns.get(STATES[state], 0) == number


@pytest.mark.parametrize("table", [name for name in TermProblem.model_fields if name != "settings"])
def test_a_part_of_a_problem_looks_things_up_in_its_own_rows_and_shares_no_other_tables(table: str) -> None:
    problem = sample.problem()
    lookups = [name for name, found in vars(TermProblem).items() if isinstance(found, cached_property)]
    whole = {name: getattr(problem, name) for name in lookups}
    tables: dict[str, tuple[Frozen, ...]] = {table: (), **({"rounds": ()} if table == "programmes" else {})}
    part = problem.with_fewer_rows(tables)
    fields = {name: getattr(problem, name) for name in TermProblem.model_fields}
    anew = TermProblem.model_construct(**{**fields, **tables})
    assert {name: getattr(part, name) for name in lookups} == {name: getattr(anew, name) for name in lookups}
    assert {name: getattr(problem, name) for name in lookups} == whole
