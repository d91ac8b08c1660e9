"""Rule 1 ``platser``: participants of a session, at most its seats. Hard."""

from __future__ import annotations

from collections import Counter, defaultdict

from models.ids import Rule
from models.problem import Round, Session
from scheduler.linear.model import Linear, total
from scheduler.seats.variables import Variables


def post(variables: Variables) -> None:
    """Post one row for all sessions of a round that the same
    people may attend, with the seats of the smallest session.
    """
    promised = Counter(s.booking.session for seats in variables.history.published.values() for s in seats)
    proposals = {round_.id: round_ for round_ in variables.proposals()}
    sessions: dict[tuple[int, ...], list[Session]] = defaultdict(list)
    for session in variables.sessions_with_candidates():
        sessions[variables.offers_at(session.id)].append(session)
    for alike in sessions.values():
        members = variables.in_session(alike[0].id)
        seats = min(session.seats for session in alike)
        if len(members) > seats:
            people = total(c.variable for c in members)
            variables.linear_model.at_most(people, seats, Rule.SEATS, alike[0].round)
            if alike[0].round in proposals and all(promised[session.id] <= seats for session in alike):
                _post_opened(variables, proposals[alike[0].round], people, seats)


def _post_opened(variables: Variables, proposal: Round, people: Linear, seats: int) -> None:
    """Allow as many participants as seats times whether the proposal
    runs: it follows from the rest, but not in the linear relaxation.

    Without it a tenth of a proposal gives everybody a seat (docs/adr/103). It is not posted where more were promised a
    seat than there are: promises come first.
    """
    runs = variables.runs(proposal)
    assert runs is not None
    variables.linear_model.at_most(Linear().add(people).add(total([runs], -seats)), 0, Rule.SEATS, proposal.id)
