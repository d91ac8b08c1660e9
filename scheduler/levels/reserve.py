"""Level 7 ``reserve``: over sessions, participants beyond the seats less those kept in reserve."""

from __future__ import annotations

from collections import Counter

from scheduler.linear.model import Linear, total
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=6, ties_by_days="ALL")


def objective(variables: Variables) -> Linear:
    """max(0, participants - max(0, seats - reserve)) of each session, held ones included."""
    cost = Linear()
    held = Counter(s.id for facts in variables.history.facts.values() for s in facts)
    promised = Counter(s.booking.session for seats in variables.history.published.values() for s in seats)
    for session in variables.problem.sessions:
        reserve = variables.problem.round_by_id[session.round].reserve
        if reserve == 0 and held[session.id] == 0 and promised[session.id] <= session.seats:
            continue  # rule ``platser`` keeps it at none
        free = max(0, session.seats - reserve)
        people = total((c.variable for c in variables.in_session(session.id)), constant=held[session.id] - free)
        most = people.constant + len(people.variables)
        if most > 0:
            cost.add(
                total([variables.linear_model.excess(people, most)]) if people.variables else Linear(constant=most)
            )
    return cost
