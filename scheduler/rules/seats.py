"""Rule 1 ``platser``: participants of a session, at most its seats. Hard."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from models.ids import Rule
from models.problem import Session
from scheduler.draft import total

if TYPE_CHECKING:
    from scheduler.variables import Variables


def post(variables: Variables) -> None:
    """One row for all sessions of a round that the same people may attend, with the fewest seats of any."""
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in variables.sessions_with_candidates():
        sessions[id(variables.in_session(session.id))].append(session)
    for alike in sessions.values():
        members = variables.in_session(alike[0].id)
        seats = min(session.seats for session in alike)
        if len(members) > seats:
            variables.draft.at_most(total(c.variable for c in members), seats, Rule.SEATS, alike[0].round)
