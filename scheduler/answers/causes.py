"""Why seats of an earlier plan are gone (OUTPUT.md, sheet
``Ändringar``): looked up in, or asked of, the re-plan's own model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from models.change import Unneeded
from models.ids import Level, Rule
from models.plan import Booking, Plan
from scheduler.answers.differences import Cause, SeatKey, lost_seats
from scheduler.answers.forced import HadToGo, Overfull, had_to_go
from scheduler.answers.probe import Probe
from scheduler.answers.reasons import Explainer
from scheduler.model.build import Model
from scheduler.seats.candidates import Candidate
from scheduler.seats.promises import Promises
from scheduler.situation.requirements import Need


def causes_of(probe: Probe, before: Plan, after: Plan) -> Mapping[SeatKey, Cause]:
    """What forced each lost seat, or for which level and for whom it was given up."""
    lost = dict(lost_seats(before, after))
    causes = _Causes(probe, before, after, lost.values())
    return {key: causes.tell(seat) for key, seat in lost.items()}


class _Causes:
    """Looks up, or asks the solver, why a seat of the earlier plan is gone."""

    def __init__(self, probe: Probe, before: Plan, after: Plan, lost: Iterable[Booking]) -> None:
        self._probe = probe
        self._model: Model = probe.model
        self._promises: Promises = self._model.variables.promises
        self._needs = {need.key: need for need in self._model.needs}
        self._levels: dict[tuple[int, ...], Level | None] = {}
        self._newcomers = _newcomers(before, after)
        self._explainer = Explainer(probe)
        self._lost = tuple(lost)

    def tell(self, lost: Booking) -> Cause:
        """Why this seat is gone."""
        if lost.hire not in self._model.problem.hire_by_id:
            return Cause(forced_by=Rule.EMPLOYED)
        need = self._needs.get((lost.hire, lost.programme))
        if need is None:
            return Cause(unneeded=Unneeded.NOT_REQUIRED)
        if unneeded := _unneeded(need, lost.module):
            return Cause(unneeded=unneeded)
        seats = [seat for seat in self._model.history.published.get(lost.hire, ()) if seat.booking == lost]
        impossible = (rule for seat in seats if (rule := self._promises.impossible(need, seat)))
        if rule := next(impossible, None) or self._decided_elsewhere(need, lost):
            return Cause(forced_by=rule)
        return self._of_possible(need, lost)

    def _of_possible(self, need: Need, lost: Booking) -> Cause:
        """Why a seat is gone that nothing closes by itself."""
        was = self._candidate(need, lost)
        if was is None:
            return Cause(forced_by=self._beside(need))
        if rule := self._had_to_go.rules.get(was.variable):
            return Cause(forced_by=rule)
        level = self._level(was)
        if level is None and (rule := self._in_her_way(was) or self._beside(need)):
            return Cause(forced_by=rule)
        favoured = tuple(h for h in self._newcomers.get(lost.session, ()) if h != lost.hire)
        return Cause(given_up_for=level, in_favour_of=favoured)

    def _beside(self, need: Need) -> Rule | None:
        """The rule that closed another seat of the requirement, without which this one could not be kept."""
        published = self._model.history.published.get(need.hire.id, ())
        own = (seat for seat in published if seat.booking.programme == need.programme.id)
        return next((rule for seat in own if (rule := self._promises.impossible(need, seat))), None)

    def _decided_elsewhere(self, need: Need, lost: Booking) -> Rule | None:
        """A given booking asks for the part of the requirement that the seat was for, in another round."""
        sessions, rounds = self._model.problem.session_by_id, self._model.problem.round_by_id
        together = next((block.modules for block in need.blocks if lost.module in block.modules), ())
        own = (sessions[session] for hire, session in self._model.history.given if hire == need.hire.id)
        there = {s.round for s in own if s.module in together and rounds[s.round].programme == need.programme.id}
        return Rule.GIVEN if there - {lost.round} else None

    @cached_property
    def _had_to_go(self) -> HadToGo:
        """Of the lost seats that nothing closes by itself: those that there was no room for beside what was kept."""
        variables, values = self._model.variables, self._probe.values
        lost: dict[int, None] = {}
        for row in self._lost:
            need = variables.need_by_key.get((row.hire, row.programme))
            was = self._candidate(need, row) if need else None
            if was is not None:
                lost[was.variable] = None
        kept = {
            candidate.variable
            for need in variables.needs
            for seat in self._promises.published(need)
            if (candidate := self._candidate(need, seat.booking)) and values[candidate.variable]
        }
        return had_to_go(variables.linear_model, kept, tuple(lost))

    def _level(self, was: Candidate) -> Level | None:
        """The first level that keeping the seat would worsen; of a
        row that was too small, that keeping as many as fit would.
        """
        overfull = self._had_to_go.given_up.get(was.variable, Overfull((was.variable,), 1))
        if overfull.earlier not in self._levels:
            candidates = self._model.variables.candidates
            wished = [candidates[variable] for variable in overfull.earlier]
            self._levels[overfull.earlier] = self._probe.first_worse(wished, overfull.most)
        return self._levels[overfull.earlier]

    def _in_her_way(self, was: Candidate) -> Rule | None:
        """What of her own now stands against the seat: another session of hers was moved onto it, say."""
        rule = self._explainer.rule_against(was.need, was.block, was.offer)
        return None if rule in (Rule.FULL, Rule.OUTRANKED) else rule

    def _candidate(self, need: Need, row: Booking) -> Candidate | None:
        for block in need.blocks:
            for candidate in self._model.variables.of_block(need, block):
                if any(s.id == row.session for s in candidate.offer.sessions):
                    return candidate
        return None


def _unneeded(need: Need, module: int) -> Unneeded | None:
    """Why the module is not to be booked, if it is not."""
    if any(module in block.modules for block in need.blocks):
        return None
    if need.alone:
        return Unneeded.ON_OWN
    known = any(module == one.number for one in need.programme.modules)
    return Unneeded.DONE if known else Unneeded.NOT_REQUIRED


def _newcomers(before: Plan, after: Plan) -> Mapping[str, list[str]]:
    """Who sits in a session now and did not before."""
    old = {(b.hire, b.session) for b in before.bookings}
    found: dict[str, list[str]] = defaultdict(list)
    for row in after.bookings:
        if (row.hire, row.session) not in old:
            found[row.session].append(row.hire)
    return found
