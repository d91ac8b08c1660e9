"""Why seats of an earlier plan are gone (OUTPUT.md, sheet ``Ändringar``): looked up in, or asked of, the re-plan's own model."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from models.ids import Level, Rule
from models.plan import Booking, Plan
from scheduler.answers.differences import UNKNOWN, Cause, SeatKey, lost_seats
from scheduler.answers.probe import Probe
from scheduler.answers.reasons import Explainer
from scheduler.model.build import Model
from scheduler.seats.candidates import Candidate
from scheduler.seats.promises import Promises
from scheduler.situation.requirements import Need


def causes_of(probe: Probe, before: Plan, after: Plan) -> Mapping[SeatKey, Cause]:
    """What forced each lost seat, or for which level and for whom it was given up."""
    causes = _Causes(probe, before, after)
    return {key: causes.tell(seat) for key, seat in lost_seats(before, after)}


class _Causes:
    """Looks up, or asks the solver, why a seat of the earlier plan is gone."""

    def __init__(self, probe: Probe, before: Plan, after: Plan) -> None:
        self._probe = probe
        self._model: Model = probe.model
        self._promises: Promises = self._model.variables.promises
        self._needs = {need.key: need for need in self._model.needs}
        self._levels: dict[tuple[str, str], Level | None] = {}
        self._newcomers = _newcomers(before, after)
        self._explainer = Explainer(probe)
        self._overfull = self._sessions_with_too_few_seats()

    def tell(self, lost: Booking) -> Cause:
        """Why this seat is gone; unknown where it is not needed any more."""
        need = self._needs.get((lost.hire, lost.programme))
        if need is None:
            left = lost.hire not in self._model.problem.hire_by_id
            return Cause(forced_by=Rule.EMPLOYED if left else None)
        if rule := self._forced_by(need, lost) or self._decided_elsewhere(need, lost):
            return Cause(forced_by=rule)
        if lost.module not in {m for block in need.blocks for m in block.modules}:
            return UNKNOWN
        if lost.session in self._overfull:
            return Cause(forced_by=Rule.SEATS)
        level = self._level(need, lost)
        if level is None and (rule := self._in_her_way(need, lost)):
            return Cause(forced_by=rule)
        favoured = tuple(h for h in self._newcomers.get(lost.session, ()) if h != lost.hire)
        return Cause(given_up_for=level, in_favour_of=favoured)

    def _forced_by(self, need: Need, row: Booking) -> Rule | None:
        """The rule that closed this seat, else another of the same requirement."""
        own: Rule | None = None
        sibling: Rule | None = None
        for seat in self._model.history.published.get(need.hire.id, ()):
            if seat.booking.programme == need.programme.id and (rule := self._promises.impossible(need, seat)):
                own = rule if seat.booking == row else own
                sibling = sibling or rule
        return own or sibling

    def _decided_elsewhere(self, need: Need, lost: Booking) -> Rule | None:
        """A given booking asks for the part of the requirement that the seat was for, in another round."""
        sessions, rounds = self._model.problem.session_by_id, self._model.problem.round_by_id
        together = next((block.modules for block in need.blocks if lost.module in block.modules), ())
        own = (sessions[session] for hire, session in self._model.history.given if hire == need.hire.id)
        there = {s.round for s in own if s.module in together and rounds[s.round].programme == need.programme.id}
        return Rule.GIVEN if there - {lost.round} else None

    def _sessions_with_too_few_seats(self) -> set[str]:
        """Sessions with fewer seats than published participants who could all stay: somebody has to go, whoever it is."""
        stay: Counter[str] = Counter()
        for need in self._model.needs:
            stay.update(
                seat.booking.session
                for seat in self._promises.published(need)
                if not self._promises.impossible(need, seat)
            )
        sessions = self._model.problem.session_by_id
        return {id_ for id_, number in stay.items() if id_ in sessions and number > sessions[id_].seats}

    def _level(self, need: Need, row: Booking) -> Level | None:
        """The first level that keeping the seat would worsen; asked once for each requirement."""
        if need.key not in self._levels:
            kept = self._candidate(need, row)
            self._levels[need.key] = self._probe.first_worse(kept) if kept else None
        return self._levels[need.key]

    def _in_her_way(self, need: Need, row: Booking) -> Rule | None:
        """What of her own now stands against the seat: another session of hers was moved onto it, say."""
        kept = self._candidate(need, row)
        rule = self._explainer.rule_against(need, kept.block, kept.offer) if kept else None
        return None if rule in (Rule.FULL, Rule.OUTRANKED) else rule

    def _candidate(self, need: Need, row: Booking) -> Candidate | None:
        for block in need.blocks:
            for candidate in self._model.variables.of_block(need, block):
                if any(s.id == row.session for s in candidate.offer.sessions):
                    return candidate
        return None


def _newcomers(before: Plan, after: Plan) -> Mapping[str, list[str]]:
    """Who sits in a session now and did not before."""
    old = {(b.hire, b.session) for b in before.bookings}
    found: dict[str, list[str]] = defaultdict(list)
    for row in after.bookings:
        if (row.hire, row.session) not in old:
            found[row.session].append(row.hire)
    return found
