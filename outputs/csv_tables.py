"""The plan as CSV tables for other programs: seats, requirements and rounds.

Semicolons, CRLF and a byte order mark, which Swedish Excel opens right by a double click. A value that begins like a
formula is prefixed with an apostrophe, so that no program runs it (OUTPUT.md, "What must not get out").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import PurePosixPath

from models.plan import Booking, Plan, Requirement
from models.problem import TermProblem
from outputs.words import STATES, reasons

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NEGATIVE = re.compile("-[0-9]+(?:,[0-9]+)?")
Row = Sequence[object]
_SEATS, _REQUIREMENTS, _ROUNDS = "platser.csv", "krav.csv", "omgångar.csv"
NAMES = frozenset({_SEATS, _REQUIREMENTS, _ROUNDS})
"""What the files are called."""


def tables(problem: TermProblem, plan: Plan) -> Iterator[tuple[PurePosixPath, bytes]]:
    """File name and bytes of each table."""
    yield PurePosixPath(_SEATS), table(_SEAT_COLUMNS, (_seat(problem, b) for b in plan.bookings))
    yield (
        PurePosixPath(_REQUIREMENTS),
        table(_REQUIREMENT_COLUMNS, (_requirement(problem, plan, r) for r in plan.requirements)),
    )
    rounds = ((r.round, "ja" if r.runs else "nej", r.participants, r.seats) for r in plan.rounds)
    yield PurePosixPath(_ROUNDS), table(("omgång", "blir av", "deltagare", "platser"), rounds)


_SEAT_COLUMNS = (
    "nyanställd",
    "tillfälle",
    "namn",
    "förvaltning",
    "enhet",
    "utbildning",
    "moment",
    "omgång",
    "datum",
    "start",
    "slut",
    "plats",
    "lokal",
    "utbildare",
    "bekräftad",
)


def _seat(problem: TermProblem, booking: Booking) -> Row:
    hire = problem.hire_by_id[booking.hire]
    return (
        booking.hire,
        booking.session,
        hire.name,
        problem.organisation_by_id[hire.organisation].name,
        hire.unit,
        booking.programme,
        booking.module,
        booking.round,
        booking.start.date(),
        f"{booking.start:%H:%M}",
        f"{booking.end:%H:%M}",
        booking.place,
        booking.room,
        ", ".join(booking.trainers),
        "nej" if booking.unconfirmed else "",
    )


_REQUIREMENT_COLUMNS = ("nyanställd", "namn", "förvaltning", "utbildning", "läge", "frist", "klar", "varför")


def _requirement(problem: TermProblem, plan: Plan, requirement: Requirement) -> Row:
    hire = problem.hire_by_id[requirement.hire]
    return (
        requirement.hire,
        hire.name,
        problem.organisation_by_id[hire.organisation].name,
        requirement.programme,
        STATES[requirement.state],
        requirement.deadline,
        requirement.completed_on,
        " ".join(reasons(problem, plan.planning_date, requirement)),
    )


def table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A table's bytes, made harmless cell by cell."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula; a negative number is none, and stays one."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not _NEGATIVE.fullmatch(text) else text
