"""Rule 1 ``platser``: participants of a session, at most its seats. Hard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ids import Rule
from scheduler.draft import total

if TYPE_CHECKING:
    from scheduler.variables import Variables


def post(variables: Variables) -> None:
    """One row a session; sessions of a round that the same people may attend share the tightest."""
    seen: set[tuple[str, tuple[int, ...], int]] = set()
    for session in variables.sessions_with_candidates():
        members = tuple(c.variable for c in variables.in_session(session.id))
        key = (session.round, members, session.seats)
        if key not in seen and len(members) > session.seats:
            seen.add(key)
            variables.draft.at_most(total(members), session.seats, Rule.SEATS, session.round)
