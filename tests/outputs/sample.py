"""An invented Göteborg-like term with a hand-made plan: first come, first served, no solver.

The plan is not a good one, and need not be: it only has to show every state, reason and suggestion once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.change import Change, ChangeKind, PlanDiff
from models.ids import Level, RoundStatus, Rule, State
from models.plan import Booking, LevelResult, Plan, Reason, Requirement, RoundUse, Suggestion
from models.problem import (
    Absence,
    Break,
    Hire,
    Holiday,
    Module,
    Organisation,
    Programme,
    Quota,
    Round,
    Session,
    Settings,
    TermProblem,
)

ZONE = ZoneInfo("Europe/Stockholm")
PLANNED = date(2026, 8, 3)
FIRST, LAST = date(2026, 8, 17), date(2027, 1, 15)

GIVEN = ("Åsa", "Örjan", "Märta", "Björn", "Fatima", "Elin", "Göran", "Amina", "Linnéa", "Sören", "Ida", "Håkan",
         "Zahra", "Ulrika", "Måns", "Leila", "Tove", "Jörgen", "Samira", "Pär")  # fmt: skip
FAMILY = ("Öberg", "Åkesson", "Lindström", "Hägg", "Nyström", "Al-Amin", "Sjöberg", "Wikström", "Ahmadi", "Bäck",
          "Håkansson", "Mårtensson", "Yilmaz", "Söderlund", "Törnqvist", "Grönvall", "Hosseini")  # fmt: skip
UNITS = ("Barn och unga 1", "Barn och unga 2", "Försörjningsstöd", "Mottagning", "Äldre och bistånd")
ORGANISATIONS = (
    Organisation(id="CE", name="Socialförvaltningen Centrum", email="centrum@example.se"),
    Organisation(id="HI", name="Socialförvaltningen Hisingen"),
    Organisation(id="NO", name="Socialförvaltningen Nordost", email="nordost@example.se"),
    Organisation(id="SV", name="Socialförvaltningen Sydväst"),
)
PROGRAMMES = (
    Programme(id="CI", name="Central introduktion", cohort=False, min_gap_days=7, deadline_months=4, mixed=True,
              modules=(Module(number=1, name="Staden och uppdraget"), Module(number=2, name="Rätt och värdegrund"))),
    Programme(id="HS", name="Handläggarskola", deadline_months=3, before_cases=True, inexperienced_only=True,
              modules=tuple(Module(number=n, name=f"Träff {n}") for n in range(1, 6))),
    Programme(id="YR", name="Yrkesresan Ny", deadline_months=4, earliest_day=14, before_cases=True, min_gap_days=5,
              weight=2, modules=tuple(Module(number=n, name=f"Steg {n}") for n in range(1, 5))),
)  # fmt: skip
BREAKS = (
    Break(name="Höstlov", first=date(2026, 10, 26), last=date(2026, 10, 30)),
    Break(name="Jullov", first=date(2026, 12, 21), last=date(2027, 1, 8)),
    Break(name="Planeringsdagar Nordost", first=date(2026, 9, 17), last=date(2026, 9, 18), organisations=("NO",)),
)
HOLIDAYS = (
    Holiday(day=date(2026, 10, 31), name="Alla helgons dag"),
    Holiday(day=date(2026, 12, 24), name="Julafton"),
    Holiday(day=date(2026, 12, 25), name="Juldagen"),
    Holiday(day=date(2026, 12, 26), name="Annandag jul"),
    Holiday(day=date(2026, 12, 31), name="Nyårsafton"),
    Holiday(day=date(2027, 1, 1), name="Nyårsdagen"),
    Holiday(day=date(2027, 1, 6), name="Trettondedag jul"),
)


def problem(hires: int = 40, *, repeat: int = 1, name: str | None = None) -> TermProblem:
    """The term; ``repeat`` multiplies the rounds, ``name`` replaces every free text by a (hostile) one."""
    sessions: list[Session] = []
    rounds: list[Round] = []
    for copy in range(repeat):
        _central(rounds, sessions, copy, name)
        _journey(rounds, sessions, copy, name)
        _school(rounds, sessions, copy, name)
    people = tuple(_hire(n, hires, name) for n in range(hires))
    return TermProblem(
        settings=Settings(term=name or "HT 2026", horizon_start=FIRST, horizon_end=LAST, max_away_per_unit=1),
        holidays=HOLIDAYS,
        breaks=tuple(b.model_copy(update={"name": name or b.name}) for b in BREAKS),
        organisations=tuple(o.model_copy(update={"name": name or o.name}) for o in ORGANISATIONS),
        programmes=tuple(p.model_copy(update={"name": name or p.name}) for p in PROGRAMMES),
        rounds=tuple(sorted(rounds, key=lambda r: r.id)),
        sessions=tuple(sorted(sessions, key=lambda s: s.id)),
        quotas=(Quota(round="CI-HT26-1", organisation="NO", at_most=4, at_least=1),),
        hires=people,
        absences=(Absence(hire=people[3].id, first=date(2026, 9, 1), last=date(2026, 10, 9)),),
    )


def plan(term: TermProblem, *, levels: tuple[LevelResult, ...] | None = None) -> Plan:
    """Seats handed out in order of start date, each requirement in the first round that has room."""
    taken: Counter[str] = Counter()
    bookings: list[Booking] = []
    requirements: list[Requirement] = []
    for hire in sorted(term.hires, key=lambda h: (h.starts, h.id)):
        for programme in term.programmes:
            if programme.inexperienced_only and hire.experienced:
                continue
            seats = [] if _credited(hire, programme) else _seats(term, hire, programme, taken)
            bookings += [_booking(hire, programme, s) for s in seats]
            taken.update(s.id for s in seats)
            requirements.append(_requirement(term, hire, programme, seats))
    bookings.sort(key=lambda b: (b.hire, b.programme, b.module, b.meeting))
    requirements.sort(key=lambda r: (r.hire, r.programme))
    return Plan(
        schema=1, planning_date=PLANNED, term=term.settings.term, horizon=(FIRST, LAST), input_sha256="0" * 64, seed=1,
        bookings=tuple(bookings), requirements=tuple(requirements), rounds=_uses(term, bookings),
        levels=levels or LEVELS,
    )  # fmt: skip


def changes(made: Plan) -> PlanDiff:
    """One change of every kind, invented around the first seats of the plan; the last is of someone who has left."""
    first, second, third, fourth = made.bookings[:8:2]
    moved = second.model_copy(
        update={"session": "CI-HT26-5-1", "round": "CI-HT26-5", "start": second.start + timedelta(days=14)}
    )
    later = third.model_copy(update={"start": third.start + timedelta(hours=1), "room": "Sal 9"})
    gone = fourth.model_copy(update={"hire": "p999"})
    return PlanDiff(
        changes=(
            _change(ChangeKind.NEW, first, None, first),
            _change(ChangeKind.MOVED, second, moved, second, given_up_for=Level.ON_TIME),
            _change(ChangeKind.DETAILS, third, later, third),
            _change(ChangeKind.CANCELLED, gone, gone, None, forced_by=Rule.EMPLOYED),
        ),
        unchanged=len(made.bookings) - 3,
    )


LEVELS = (
    LevelResult(name=Level.ON_TIME, value=9, bound=9, proven=True),
    LevelResult(name=Level.MISSING, value=5, bound=5, proven=True),
    LevelResult(name=Level.EQUITY, value=143, bound=120, proven=False),
    LevelResult(name=Level.CASELOAD, value=410, bound=410, proven=True),
    LevelResult(name=Level.ROUNDS, value=2, bound=2, proven=True),
    LevelResult(name=Level.RESERVE, value=6, bound=0, proven=False),
    LevelResult(name=Level.WAITING, value=31, bound=31, proven=True),
    LevelResult(name=Level.STAFFING, value=17, bound=4, proven=False),
    LevelResult(name=Level.DAYS, value=5120, bound=None, proven=False),
)


def _central(rounds: list[Round], sessions: list[Session], copy: int, name: str | None) -> None:
    starts = ((8, 25), (9, 15), (10, 6), (11, 10), (12, 1))
    for number, (month, day) in enumerate(starts, 1):
        id_ = f"CI-HT26-{number}" + (f"-{copy}" if copy else "")
        rounds.append(Round(id=id_, programme="CI", seats=9, min_participants=4))
        first = date(2026, month, day)
        for module in (1, 2):
            sessions.append(_session(rounds[-1], module, first + timedelta(days=14 * (module - 1)), (9, 16), name))


def _journey(rounds: list[Round], sessions: list[Session], copy: int, name: str | None) -> None:
    starts = ((9, 3), (9, 24), (10, 15), (11, 5))
    for number, (month, day) in enumerate(starts, 1):
        id_ = f"YR-HT26-{number}" + (f"-{copy}" if copy else "")
        status = RoundStatus.PROPOSED if number >= 3 else RoundStatus.FIXED
        rounds.append(Round(id=id_, programme="YR", seats=8, min_participants=5, reserve=1, status=status))
        first = date(2026, month, day)
        for module in range(1, 5):
            days = 14 * (module - 1) + (7 if first + timedelta(days=14 * (module - 1)) == date(2026, 10, 29) else 0)
            sessions.append(_session(rounds[-1], module, first + timedelta(days=days), (8, 12), name))


def _school(rounds: list[Round], sessions: list[Session], copy: int, name: str | None) -> None:
    for offset, organisation in enumerate(ORGANISATIONS):
        for number, start in enumerate((date(2026, 8, 31), date(2026, 10, 5), date(2026, 11, 16)), 1):
            id_ = f"HS-{organisation.id}-{number}" + (f"-{copy}" if copy else "")
            status = (RoundStatus.FIXED, RoundStatus.FIXED, RoundStatus.PROPOSED)[number - 1]
            if organisation.id == "SV" and number == 2:
                status = RoundStatus.CANCELLED
            rounds.append(Round(id=id_, programme="HS", organisations=(organisation.id,), seats=4, status=status))
            for module in range(1, 6):
                day = start + timedelta(days=offset % 4 + 7 * (module - 1))
                sessions.append(_session(rounds[-1], module, day, (13, 16), name))


def _session(round_: Round, module: int, day: date, hours: tuple[int, int], name: str | None) -> Session:
    return Session(
        id=f"{round_.id}-{module}", round=round_.id, module=module, meeting=1, day=day, start=time(hours[0]),
        end=time(hours[1]), place=name or "Stadshuset, Köpmansgatan 20", room=name or "Sal Älvsborg",
        trainers=(name or "Åsa Öst",), seats=round_.seats,
    )  # fmt: skip


def _hire(n: int, total: int, name: str | None) -> Hire:
    starts = date(2026, 8, 10) + timedelta(days=7 * int(11 * (n / total) ** 1.8))
    return Hire(
        id=f"p{n + 1:03d}",
        name=name or f"{GIVEN[n % len(GIVEN)]} {FAMILY[(n * 7 + n // 17) % len(FAMILY)]}",
        organisation=ORGANISATIONS[(n * n + n // 3) % 4].id,
        unit=(name or UNITS[n % 5]) if n % 9 else None,
        email=f"p{n + 1:03d}@example.se",
        starts=starts,
        caseload_start=starts + timedelta(days=70) if n % 3 else None,
        experienced=n % 6 == 5,
        programmes=None,
        credits=(),
    )


def _credited(hire: Hire, programme: Programme) -> bool:
    return programme.id == "CI" and hire.id.endswith("5")


def _seats(term: TermProblem, hire: Hire, programme: Programme, taken: Counter[str]) -> list[Session]:
    if programme.cohort:
        for round_ in term.rounds_of[programme.id]:
            seats = [s for m in programme.modules for s in term.meetings[round_.id, m.number]]
            if _refusal(term, hire, round_, seats, taken) is None:
                return seats
        return []
    chosen: list[Session] = []
    for module in programme.modules:
        for round_ in term.rounds_of[programme.id]:
            seats = list(term.meetings[round_.id, module.number])
            if _refusal(term, hire, round_, seats, taken) is None and (not chosen or seats[0].day > chosen[-1].day):
                chosen += seats
                break
        else:
            return []
    return chosen


def _refusal(term: TermProblem, hire: Hire, round_: Round, seats: list[Session], taken: Counter[str]) -> Rule | None:
    if round_.status is RoundStatus.CANCELLED or hire.organisation not in (
        round_.organisations or (hire.organisation,)
    ):
        return Rule.CLOSED
    if any(a.hire == hire.id and a.first <= s.day <= a.last for a in term.absences for s in seats):
        return Rule.ABSENCE
    wait = (seats[0].day - hire.starts).days
    if wait < term.programme_by_id[round_.programme].earliest_day:
        return Rule.EMPLOYED if wait < 0 else Rule.EARLIEST
    if round_.id.startswith("YR-HT26-4"):
        return Rule.OUTRANKED
    return Rule.FULL if any(taken[s.id] >= s.seats for s in seats) else None


def _booking(hire: Hire, programme: Programme, session: Session) -> Booking:
    return Booking(
        hire=hire.id, programme=programme.id, module=session.module, meeting=session.meeting, round=session.round,
        session=session.id, start=datetime.combine(session.day, session.start, ZONE),
        end=datetime.combine(session.day, session.end, ZONE), place=session.place, room=session.room,
        trainers=session.trainers, changed_on=PLANNED,
    )  # fmt: skip


def _requirement(term: TermProblem, hire: Hire, programme: Programme, seats: list[Session]) -> Requirement:
    months = programme.deadline_months
    year, month = divmod(hire.starts.month - 1 + months, 12)
    deadline = date(hire.starts.year + year, month + 1, min(hire.starts.day, 28))
    completed = max((s.day for s in seats), default=None)
    if _credited(hire, programme):
        return Requirement(hire=hire.id, programme=programme.id, state=State.DONE, deadline=deadline, completed_on=None)
    if completed is not None:
        state = State.ON_TIME if completed <= deadline else State.LATE
    else:
        state = State.MISSING if deadline <= LAST else State.WAITING
    if state is State.ON_TIME:
        return Requirement(hire=hire.id, programme=programme.id, state=state, deadline=deadline, completed_on=completed)
    own = {s.round for s in seats}
    full = Counter({s.id: s.seats for s in term.sessions})
    reasons = []
    for round_ in term.rounds_of[programme.id]:
        rule = _refusal(term, hire, round_, list(term.meetings[round_.id, 1]), full)
        if round_.id not in own and rule is not None:
            level = Level.EQUITY if rule is Rule.OUTRANKED else None
            reasons.append(Reason(round=round_.id, rule=rule, level=level))
    return Requirement(
        hire=hire.id, programme=programme.id, state=state, deadline=deadline, completed_on=completed,
        reasons=tuple(reasons), suggestions=_suggestions(term, programme),
    )  # fmt: skip


def _suggestions(term: TermProblem, programme: Programme) -> tuple[Suggestion, ...]:
    if programme.id == "YR":
        return (
            Suggestion(kind="plats", round="YR-HT26-2", helps=True, more_on_time=3),
            Suggestion(kind="förslag", round="YR-HT26-4", helps=False, more_on_time=2),
        )
    if programme.id == "CI":
        return (Suggestion(kind="ny_omgång", module=2, week=date(2026, 11, 16), helps=True, more_on_time=1),)
    return (Suggestion(kind="ärendestart", week=date(2026, 12, 7), helps=True, more_on_time=0),)


def _uses(term: TermProblem, bookings: list[Booking]) -> tuple[RoundUse, ...]:
    people: dict[str, set[str]] = defaultdict(set)
    for booking in bookings:
        people[booking.round].add(booking.hire)
    return tuple(
        RoundUse(
            round=r.id,
            runs=r.status is RoundStatus.FIXED or bool(people[r.id]),
            participants=len(people[r.id]),
            seats=r.seats,
        )
        for r in term.rounds
        if r.status is not RoundStatus.CANCELLED
    )


def _change(
    kind: ChangeKind,
    seat: Booking,
    before: Booking | None,
    after: Booking | None,
    *,
    forced_by: Rule | None = None,
    given_up_for: Level | None = None,
) -> Change:
    return Change(
        kind=kind, hire=seat.hire, programme=seat.programme, module=seat.module, meeting=seat.meeting,
        before=before, after=after, forced_by=forced_by, given_up_for=given_up_for,
    )  # fmt: skip
