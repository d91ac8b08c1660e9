"""Whether a proposal can have the participants that it asks for: by its seats and quotas, and by the meetings that
nobody who is booked there can be without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from models.problem import Round
from scheduler.seats.kinds import Kind
from scheduler.seats.variables import Variables

Number = Mapping[str, int]
"""How many hires of each administration."""


def can_have_enough(variables: Variables, round_: Round) -> bool:
    """Whether some plan may have as many participants there as it asks for; ``False`` is sure, ``True`` is not.

    A relaxation does not see it: a quarter of a hire in each of four modules makes a whole participant there, though
    whoever has a seat in the first round of a programme has the first module there (docs/adr/218).
    """
    sessions = {session.id: session for c in variables.in_round(round_.id) for session in c.offer.sessions}
    people = Counter(variables.problem.hire_by_id[hire].organisation for hire in variables.participants(round_))
    quotas = (quota for quota in variables.problem.quotas if quota.round == round_.id)
    most_of = {quota.organisation: quota.at_most for quota in quotas if quota.at_most is not None}
    if min([_room(people, most_of), *(session.seats for session in sessions.values())]) >= round_.min_participants:
        return True  # whoever must be there, no session has too little room
    own = [(kind, places) for kind in variables.kinds if (places := _places_in(kind, round_))]
    if any(kind.promised for kind, _ in own):
        return True  # rules may give way to what was promised
    everybody = sum(len(kind.members) for kind, _ in own)
    attending = {session: Counter[str]() for session in sessions}
    for kind, deciding in own:
        meetings = [{session.id for session in kind.candidates[place].offer.sessions} for place in deciding]
        for session in set.intersection(*meetings):
            attending[session].update(hire.organisation for hire, _ in kind.members)
    rooms = (
        min(sessions[session].seats, _room(there, most_of)) + everybody - there.total()
        for session, there in attending.items()
    )
    return min(rooms, default=0) >= round_.min_participants


def _room(people: Number, most_of: Number) -> int:
    """How many of these fit in a session with so many of each administration at most; no limit where none is told."""
    return sum(min(number, most_of.get(organisation, number)) for organisation, number in people.items())


def _places_in(kind: Kind, round_: Round) -> tuple[int, ...]:
    """The places of the round that decide whether one of the kind is a participant there."""
    return tuple(kind.deciding([p for p, one in enumerate(kind.candidates) if one.offer.round.id == round_.id]))
