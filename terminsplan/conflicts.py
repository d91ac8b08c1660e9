"""Decided seats that cannot be kept, or that are kept although they break a rule: who, where, and which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.ids import Rule
from models.problem import TermProblem
from outputs.words import OneSeat, closed_by, day, listed, person
from scheduler.model.build import KeptBreach
from scheduler.plan.outcome import Conflict
from terminsplan.exits import RefusedError

_SEATS_NAMED = 8


def refuse_conflicts(problem: TermProblem, conflicts: Iterable[Conflict]) -> None:
    """Given bookings that break a rule are an input error (MODEL.md rule 15)."""
    found = tuple(conflicts)
    if found:
        raise RefusedError(
            "Givna bokningar går inte att behålla. Rätta tabellen bokningar, eller det som säger emot den.",
            *(sentence(problem, c) for c in found),
            details={"conflicts": as_data(found)},
        )


def sentence(problem: TermProblem, clash: Conflict | KeptBreach) -> str:
    """The seats and the rule they break."""
    named = [_seat(problem, hire, session) for hire, session in clash.bookings[:_SEATS_NAMED]]
    more = f" och {len(clash.bookings) - _SEATS_NAMED} till" if len(clash.bookings) > _SEATS_NAMED else ""
    return f"bokningar: {'; '.join(named)}{more}: {_rule(problem, clash)}."


def _rule(problem: TermProblem, clash: Conflict | KeptBreach) -> str:
    """What stands against the seats; of closed ones the very thing that closes each."""
    if clash.rule is not Rule.CLOSED:
        return clash.rule.words.label
    sessions = [(hire, problem.session_by_id[id_]) for hire, id_ in clash.bookings if id_ in problem.session_by_id]
    told = (closed_by(problem, OneSeat(hire, s.round, s.module, s.id, s.day)) for hire, s in sessions)
    return listed(dict.fromkeys(text for text in told if text)) or clash.rule.words.label


def as_data(clashes: Iterable[Conflict | KeptBreach]) -> list[Mapping[str, object]]:
    """For ``--json`` and korning.json: ids only."""
    return [
        {"rule": c.rule, "bookings": [{"hire": hire, "session": session} for hire, session in c.bookings]}
        for c in clashes
    ]


def _seat(problem: TermProblem, hire: str, session: str) -> str:
    name = person(problem, hire)
    who = name if name == hire else f"{name} ({hire})"
    known = problem.session_by_id.get(session)
    return f"{who} på {session}" + (f", {day(known.day)}" if known else "")
