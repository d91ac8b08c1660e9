"""Proposals and quotas for more people than can come at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set

from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.background import applies, background_of
from models.ids import RoundStatus
from models.problem import Absence, Hire, Programme, Round, Session, TermProblem


def advise(problem: TermProblem, term: TermTables, findings: Findings, astray: Set[str]) -> None:
    """Name proposals that can never reach their minimum, and
    quotas over the people there are; not of ``astray`` programmes.
    """
    rounds = term.round_index().by_id
    quotas = {(e.item.round, e.item.organisation): e for e in term.quotas}
    kept = {q.round for q in problem.quotas if q.at_least}
    asked = [
        r
        for r in problem.rounds
        if r.status != RoundStatus.CANCELLED and r.programme not in astray and (r.min_participants or r.id in kept)
    ]
    look_up = _LookUp(problem)
    come = {round_.id: look_up.who_may_come(round_) for round_ in asked}
    for round_ in asked:
        most = _within_quotas(problem, round_, come[round_.id])
        if round_.status == RoundStatus.PROPOSED and most < round_.min_participants:
            message = (
                f"kan få högst {most} deltagare, men min_deltagare är {round_.min_participants}: förslaget kan aldrig "
                "bli av; sänk min_deltagare, eller öppna omgången för fler"
            )
            rounds[round_.id].warn(findings, "når_inte_minsta", message, value=round_.id)
    for quota in problem.quotas:
        if quota.round in come and quota.at_least > (people := come[quota.round][quota.organisation]):
            message = (
                f"håller fler platser i {quota.round} än {quota.organisation} har folk till ({people}); "
                "de övriga kan ingen annan få: sänk minst om de inte ska stå tomma"
            )
            entry = quotas[quota.round, quota.organisation]
            entry.warn(findings, "kvot_över_folket", message, column="minst", value=str(quota.at_least))


def most_participants(problem: TermProblem, round_: Round) -> int:
    """The most that a round can have, whatever else is booked, as far as the input alone tells."""
    return _within_quotas(problem, round_, _LookUp(problem).who_may_come(round_))


def _within_quotas(problem: TermProblem, round_: Round, come: Counter[str]) -> int:
    """The people who can come, less those over their administration's quota."""
    highest = {q.organisation: q.at_most for q in problem.quotas if q.round == round_.id and q.at_most is not None}
    return sum(min(people, highest.get(organisation, people)) for organisation, people in come.items())


class _LookUp:
    """Who may come where, as far as the input alone tells."""

    def __init__(self, problem: TermProblem) -> None:
        self._problem = problem
        seats = [(b.hire, b.session) for b in problem.bookings] + [(a.hire, a.session) for a in problem.attendance]
        self._decided = {(hire, problem.session_by_id[session].round) for hire, session in seats}
        self._barred = {(row.hire, row.round) for row in problem.barred}
        self._away: dict[str, list[Absence]] = defaultdict(list)
        for absence in problem.absences:
            if absence.hire is not None:
                self._away[absence.hire].append(absence)
        self._organisation_of = {hire.id: hire.organisation for hire in problem.hires}
        self._wanting: dict[str, dict[str, list[Hire]]] = {}

    def who_may_come(self, round_: Round) -> Counter[str]:
        """How many of each administration may come: those decided, and whom nothing keeps away."""
        wanting = self._by_organisation(self._problem.programme_by_id[round_.programme])
        there = {hire for hire, of in self._decided if of == round_.id and hire in self._organisation_of}
        found = Counter(self._organisation_of[hire] for hire in there)
        for organisation in round_.organisations or wanting:
            for hire in wanting.get(organisation, ()):
                found[organisation] += hire.id not in there and self._may_come(hire, round_)
        return +found

    def _by_organisation(self, programme: Programme) -> dict[str, list[Hire]]:
        """Those whom the programme applies to, by administration: most rounds are for few of them."""
        if programme.id not in self._wanting:
            found: dict[str, list[Hire]] = defaultdict(list)
            for hire in self._problem.hires:
                if applies(programme, background_of(hire)):
                    found[hire.organisation].append(hire)
            self._wanting[programme.id] = found
        return self._wanting[programme.id]

    def _may_come(self, hire: Hire, round_: Round) -> bool:
        """Whether nothing keeps the hire from some module of the round that she lacks, or from all in a cohort."""
        programme = self._problem.programme_by_id[round_.programme]
        credited = {credit.module for credit in hire.credits if credit.programme == programme.id}
        if None in credited or (hire.id, round_.id) in self._barred:
            return False
        left = [module.number for module in programme.modules if module.number not in credited]
        possible = (self._may_attend_all(hire, self._problem.meetings.get((round_.id, module), ())) for module in left)
        return bool(left) and (all(possible) if programme.cohort else any(possible))

    def _may_attend_all(self, hire: Hire, meetings: Sequence[Session]) -> bool:
        return bool(meetings) and all(self._may_attend(hire, session) for session in meetings)

    def _may_attend(self, hire: Hire, session: Session) -> bool:
        employed = hire.starts <= session.day and (hire.ends is None or session.day <= hire.ends)
        accessible = session.accessible or not hire.needs_accessible
        if not (employed and accessible and session.day.isoweekday() in hire.weekdays):
            return False
        return not any(a.first <= session.day <= a.last for a in self._away.get(hire.id, ()))
