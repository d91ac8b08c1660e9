"""A seat that somebody might be given: what a rule of one seat is asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.problem import Absence, Hire, Programme, Round, Session


@dataclass(frozen=True, slots=True)
class Seat:
    """One meeting of a round of a programme for one hire, with
    her absences and the ids of the rounds that are barred to her.
    """

    hire: Hire
    absences: Sequence[Absence]
    barred: Collection[str]
    programme: Programme
    round: Round
    session: Session
