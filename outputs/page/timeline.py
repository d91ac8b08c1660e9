"""The timeline of rounds: a row each, a mark for every session that fills up as its seats do."""

from __future__ import annotations

from dataclasses import dataclass

from models.ids import RoundStatus
from models.problem import Session, TermProblem
from outputs import words
from outputs.figures import Figures, RoundLoad
from outputs.page.scale import Band, Scale

MOST_ROUNDS = 60
MARK_HEIGHT = 20


@dataclass(frozen=True)
class Mark:
    """The mark of one session: its place, how much of it is filled
    (pixels of its height), and whether the session is cancelled.
    """

    at: float
    filled: float
    cancelled: bool
    title: str


@dataclass(frozen=True)
class Row:
    """The row of one round."""

    name: str
    status: str
    held: bool
    share: str
    occupancy: str
    participants: str
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]
    description: str


@dataclass(frozen=True)
class Group:
    """The rounds of one programme."""

    programme: str
    rows: tuple[Row, ...]


def groups(figures: Figures, scale: Scale) -> tuple[Group, ...]:
    """All rounds by programme and first day; of very many only the fullest."""
    shown = {load.round.id for load in fullest(figures)[:MOST_ROUNDS]}
    found: dict[str, list[Row]] = {}
    for load in figures.rounds:
        if load.round.id in shown:
            found.setdefault(load.round.programme, []).append(_row(figures.problem, load, scale))
    return tuple(Group(figures.problem.programme_by_id[id_].name, tuple(rows)) for id_, rows in found.items())


def fullest(figures: Figures) -> list[RoundLoad]:
    """Rounds in order of how full their fullest session is, those with most people first among equals."""
    return sorted(figures.rounds, key=lambda x: (-x.peak[0] / max(1, x.peak[1]), -len(x.people), x.round.id))


def _row(problem: TermProblem, load: RoundLoad, scale: Scale) -> Row:
    participants, seats = load.peak
    pairs = [(s, t) for s, t in zip(load.sessions, load.taken, strict=True) if scale.holds(s.day)]
    return Row(
        name=load.round.id,
        status=_status(load),
        held=load.runs,
        share=f"{participants} av {seats}",
        occupancy=words.occupancy(participants, seats) if load.runs else "",
        participants=words.count(len(load.people), "deltagare", "deltagare"),
        marks=tuple(_mark(load, s, taken, scale) for s, taken in pairs),
        bands=tuple(scale.closed(problem, load.round.organisations)),
        description=f"{load.round.id}: "
        + ("; ".join(_told(load, s, taken) for s, taken in pairs) or "inga tillfällen"),
    )


def _status(load: RoundLoad) -> str:
    if load.round.status is RoundStatus.CANCELLED:
        return "Inställd"
    if load.round.status is RoundStatus.FIXED:
        return ""
    return "Förslag som öppnas" if load.runs else "Öppnas inte"


def _mark(load: RoundLoad, session: Session, taken: int, scale: Scale) -> Mark:
    full = min(1.0, taken / session.seats) if session.seats else float(taken > 0)
    cancelled = session.cancelled or load.round.status is RoundStatus.CANCELLED
    return Mark(scale.at(session.day), round(MARK_HEIGHT * full, 1), cancelled, _told(load, session, taken))


def _told(load: RoundLoad, session: Session, taken: int) -> str:
    when = f"{words.WEEKDAYS[session.day.weekday()]} {words.short_day(session.day)}"
    if session.cancelled or load.round.status is RoundStatus.CANCELLED:
        return f"{when} inställt"
    return f"{when} {taken} av {session.seats} platser"
