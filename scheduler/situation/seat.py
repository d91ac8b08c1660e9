"""A seat that somebody might be given: what a rule of one seat is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.problem import Absence, Hire, Programme, Round, Session


@dataclass(frozen=True, slots=True)
class Seat:
    """One meeting of a round of a programme for one hire, with her absences."""

    hire: Hire
    absences: Sequence[Absence]
    programme: Programme
    round: Round
    session: Session
