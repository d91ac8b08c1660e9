"""Random problems, and writers that spell one problem in any of the ways that the contract allows."""

from __future__ import annotations

import csv
import io
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

from columns.kinds import Hours
from columns.writing import cell_of, part_text
from inputs.cells import CellValue
from inputs.names import tidy
from inputs.normal_form import forecast_key
from inputs.public_holidays import holidays_between
from models.ids import MentorUnit, Repeat, Responsible, RoundStatus
from models.problem import (
    Absence,
    Attendance,
    Barred,
    Break,
    Credit,
    Forecast,
    GivenBooking,
    Hire,
    Mentor,
    Module,
    Organisation,
    Part,
    Programme,
    Quota,
    Round,
    Session,
    Settings,
    Task,
    TermProblem,
    Trainer,
)

START, END = date(2026, 8, 17), date(2027, 1, 15)
PLANNING_DATE = date(2027, 2, 1)
_LETTERS = string.ascii_letters + "åäöÅÄÖé"

days = st.dates(START, END)
flags = st.booleans()
small = st.integers(0, 40)
weekday_sets = st.sets(st.integers(1, 7), min_size=1).map(lambda found: tuple(sorted(found)))
# Ids stand in lists, so they hold no delimiter; the last letter keeps them from looking like numbers or dates.
ids = st.builds(
    lambda body, end: body + end, st.text(_LETTERS + string.digits + "-_.:/", max_size=6), st.sampled_from("xyåQ")
)
# Text of any kind but what is read as something else: control characters, outer space, Excel's own error words.
texts = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=12)
    .map(tidy)
    .filter(lambda text: text and "#" not in text and "_x" not in text and "\ufeff" not in text)
    .filter(lambda text: not text.casefold().startswith("exempel:"))
)
maybe_text = st.none() | texts


def _subset(of: Sequence[str], *, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.sets(st.sampled_from(of), min_size=least, max_size=3) if of else st.just(set[str]())
    return chosen.map(lambda found: tuple(sorted(found)))


@st.composite
def problems(draw: st.DrawFn) -> TermProblem:
    """A problem in normal form, with every field of every table in use somewhere."""
    unique_ids = st.lists(ids, min_size=1, max_size=3, unique=True).map(sorted)
    organisation_ids, programme_ids = draw(unique_ids), draw(unique_ids)
    settings = draw(_settings())
    programmes: list[Programme] = []
    for place, id_ in enumerate(programme_ids):
        before = [p.id for p in programmes[:place] if not p.own_time]
        programmes.append(draw(_programme(id_, before, organisation_ids, own_time=bool(before) and draw(flags))))
    dated = [p.id for p in programmes if not p.own_time]
    trainers = draw(_trainers(organisation_ids))
    rounds = [draw(_round(id_, dated, organisation_ids)) for id_ in draw(unique_ids)]
    sessions = sorted((s for r in rounds for s in draw(_sessions(r, programmes, trainers))), key=lambda s: s.id)
    hires = [draw(_hire(id_, organisation_ids, programmes)) for id_ in draw(unique_ids)]
    organisations = [Organisation(id=id_, name=draw(texts), email=draw(maybe_text)) for id_ in organisation_ids]
    seats = st.sets(
        st.tuples(st.sampled_from([h.id for h in hires]), st.sampled_from([s.id for s in sessions])), max_size=4
    ).map(sorted)
    breaks = draw(st.lists(_break(organisation_ids), max_size=2))
    absences = draw(st.lists(_absence([h.id for h in hires], [t.name for t in trainers]), max_size=3))
    bars = st.sets(
        st.tuples(st.sampled_from([h.id for h in hires]), st.sampled_from([r.id for r in rounds])), max_size=2
    )
    return TermProblem(
        settings=settings,
        holidays=holidays_between(settings.holiday_country, START, END),
        breaks=tuple(sorted(set(breaks), key=lambda b: (b.name, b.first, b.last, b.organisations))),
        organisations=tuple(organisations),
        programmes=tuple(programmes),
        rounds=tuple(rounds),
        sessions=tuple(sessions),
        quotas=tuple(draw(_quotas(rounds, organisation_ids))),
        hires=tuple(hires),
        absences=tuple(sorted(set(absences), key=lambda a: (a.hire or "", a.trainer or "", a.first, a.last))),
        bookings=tuple(GivenBooking(hire=hire, session=session) for hire, session in draw(seats)),
        barred=tuple(Barred(hire=hire, round=round_) for hire, round_ in sorted(draw(bars))),
        attendance=tuple(Attendance(hire=hire, session=session, present=draw(flags)) for hire, session in draw(seats)),
        trainers=tuple(trainers),
        mentors=tuple(draw(_mentor(id_, organisation_ids)) for id_ in draw(unique_ids)),
        tasks=tuple(draw(_task(id_, organisation_ids, programmes)) for id_ in draw(unique_ids)),
        forecast=tuple(sorted(draw(st.lists(_forecast(organisation_ids), max_size=2)), key=forecast_key)),
    )


def _settings() -> st.SearchStrategy[Settings]:
    return st.booleans().flatmap(lambda with_halves: _settings_of(with_halves=with_halves))


def _settings_of(*, with_halves: bool) -> st.SearchStrategy[Settings]:
    """Half caps only where there are half days."""
    caps = st.integers(2, 14).map(lambda halves: halves / 2) if with_halves else st.integers(1, 7)
    return st.builds(
        Settings,
        term=texts,
        horizon_start=st.just(START),
        horizon_end=st.just(END),
        deadline_months=small,
        notice_days=small,
        weekly_cap=caps,
        weekly_cap_with_cases=caps,
        max_away_per_unit=small,
        max_share_percent=st.integers(0, 100),
        open_weekdays=weekday_sets,
        holiday_country=st.sampled_from(["SE", "NO", "-"]),
        timezone=st.sampled_from(["Europe/Stockholm", "Europe/Helsinki", "UTC"]),
        planning_date=st.just(PLANNING_DATE),
        organizer=maybe_text,
        half_day_minutes=st.integers(0, 600) if with_halves else st.none(),
        mentor_unit=st.sampled_from(MentorUnit),
    )


def _break(organisations: Sequence[str]) -> st.SearchStrategy[Break]:
    return st.builds(
        lambda name, span, whom: Break(name=name, first=min(span), last=max(span), organisations=whom),
        texts,
        st.tuples(days, days),
        _subset(organisations),
    )


def _absence(hires: Sequence[str], trainers: Sequence[str]) -> st.SearchStrategy[Absence]:
    whom = st.sampled_from(hires).map(lambda hire: {"hire": hire})
    trainer = (st.sampled_from(trainers) if trainers else ids).map(lambda name: {"trainer": name})
    return st.builds(
        lambda who, span: Absence(**who, first=min(span), last=max(span)),
        whom | trainer,
        st.tuples(days, days),
    )


def _trainers(organisations: Sequence[str]) -> st.SearchStrategy[list[Trainer]]:
    """Trainers whose names are nobody's id."""
    names = st.lists(ids, max_size=3, unique=True)
    return names.flatmap(
        lambda found: st.tuples(
            *(
                st.builds(
                    Trainer,
                    id=st.just(f"{number} id"),
                    name=st.just(name),
                    email=maybe_text,
                    organisation=st.none() | st.sampled_from(organisations),
                    unit=maybe_text,
                )
                for number, name in enumerate(found)
            )
        ).map(list)
    )


def _mentor(id_: str, organisations: Sequence[str]) -> st.SearchStrategy[Mentor]:
    return st.builds(
        Mentor,
        id=st.just(id_),
        name=texts,
        organisation=st.sampled_from(organisations),
        unit=maybe_text,
        email=maybe_text,
        target_groups=_subset(["barn", "äldre"]),
        weekdays=weekday_sets,
        at_most=st.integers(0, 3),
        first=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        last=st.none() | st.dates(date(2027, 1, 1), date(2099, 12, 31)),
    )


def _task(id_: str, organisations: Sequence[str], programmes: Sequence[Programme]) -> st.SearchStrategy[Task]:
    parts = [Part(programme=p.id) for p in programmes]
    parts += [Part(programme=p.id, module=m.number) for p in programmes for m in p.modules]
    known = {p.id for p in programmes}
    parts = [p for p in parts if p.module is None or f"{p.programme}:{p.module}" not in known]
    return st.builds(
        Task,
        id=st.just(id_),
        name=texts,
        responsible=st.sampled_from([*map(str, Responsible), "Någon annan"]),
        from_day=st.integers(-30, 30),
        to_day=st.integers(30, 90),
        minutes=st.none() | st.integers(0, 3000),
        organisations=_subset(organisations),
        target_groups=_subset(["barn", "vuxna"]),
        inexperienced_only=flags,
        after=st.sets(st.sampled_from(parts), max_size=2).map(
            lambda found: tuple(sorted(found, key=lambda p: (p.programme, p.module or 0)))
        ),
        repeats=st.none() | st.sampled_from(Repeat),
        description=maybe_text,
    )


def _forecast(organisations: Sequence[str]) -> st.SearchStrategy[Forecast]:
    return st.builds(
        Forecast,
        month=days.map(lambda day: day.replace(day=1)),
        organisation=st.sampled_from(organisations),
        expected=st.integers(0, 400).map(lambda tenths: tenths / 10),
        dispersion=st.integers(0, 40).map(lambda tenths: tenths / 10),
        target_groups=_subset(["barn", "vuxna"]),
        experienced=flags,
        weekdays=weekday_sets,
        cases_after_days=st.none() | small,
    )


def _programme(
    id_: str, before: Sequence[str], organisations: Sequence[str], *, own_time: bool
) -> st.SearchStrategy[Programme]:
    modules = st.dictionaries(st.integers(1, 9), texts, min_size=1, max_size=3)
    return st.builds(
        Programme,
        id=st.just(id_),
        name=texts,
        cohort=flags,
        ordered=flags,
        min_gap_days=st.integers(0, 5),
        max_gap_days=st.none() | st.integers(5, 50),
        deadline_months=small,
        earliest_day=small,
        before_cases=flags,
        after=st.just(()) if own_time else _subset(before),
        organisations=_subset(organisations),
        own_time=st.just(own_time),
        minutes=st.none() | st.integers(0, 3000),
        inexperienced_only=flags,
        target_groups=_subset(["barn", "vuxna", "äldre"]),
        mixed=flags,
        weight=st.integers(1, 9),
        modules=modules.map(lambda m: tuple(Module(number=n, name=name) for n, name in sorted(m.items()))),
    )


def _round(id_: str, programmes: Sequence[str], organisations: Sequence[str]) -> st.SearchStrategy[Round]:
    return st.builds(
        Round,
        id=st.just(id_),
        programme=st.sampled_from(programmes),
        organisations=_subset(organisations),
        seats=st.integers(20, 40),
        min_participants=st.integers(0, 20),
        cost=st.none() | st.integers(0, 500_000),
        reserve=st.integers(0, 20),
        status=st.sampled_from(RoundStatus),
    )


@st.composite
def _sessions(
    draw: st.DrawFn, round_: Round, programmes: Sequence[Programme], trainers: Sequence[Trainer]
) -> list[Session]:
    (programme,) = (p for p in programmes if p.id == round_.programme)
    found: list[Session] = []
    for module in programme.modules:
        meetings = draw(
            st.lists(
                _session(round_, module.number, trainers), min_size=1, max_size=2, unique_by=lambda s: (s.day, s.start)
            )
        )
        in_time = enumerate(sorted(meetings, key=lambda s: (s.day, s.start)), start=1)
        found += [s.model_copy(update={"meeting": n, "id": f"{s.id}{f'-{n}' if n > 1 else ''}"}) for n, s in in_time]
    return found


def _session(round_: Round, module: int, trainers: Sequence[Trainer]) -> st.SearchStrategy[Session]:
    """A meeting whose number is not known yet."""
    made = f"{round_.id}-{module}"
    return st.builds(
        Session,
        id=st.sampled_from([made, f"eget {made}"]),
        round=st.just(round_.id),
        module=st.just(module),
        meeting=st.just(0),
        day=days,
        # The clocks change at two and three in the morning.
        start=st.times(time(4), time(11, 59)).map(_whole_minutes),
        end=st.times(time(12), time(23, 59)).map(_whole_minutes),
        place=maybe_text,
        room=maybe_text,
        trainers=st.lists(
            ids | st.sampled_from([t.name for t in trainers]) if trainers else ids, max_size=3, unique=True
        ).map(tuple),
        seats=st.just(round_.seats) | st.integers(10, 50),
        accessible=flags,
        cancelled=flags,
    )


def _whole_minutes(found: time) -> time:
    return found.replace(second=0, microsecond=0)


def _quotas(rounds: Sequence[Round], organisations: Sequence[str]) -> st.SearchStrategy[list[Quota]]:
    keys = st.sets(st.tuples(st.sampled_from([r.id for r in rounds]), st.sampled_from(organisations)), max_size=3)
    return keys.map(sorted).flatmap(
        lambda found: st.tuples(
            *(
                st.builds(
                    Quota,
                    round=st.just(round_),
                    organisation=st.just(organisation),
                    at_most=st.none() | st.integers(3, 9),
                    at_least=st.integers(0, 3),
                )
                for round_, organisation in found
            )
        ).map(list)
    )


def _hire(id_: str, organisations: Sequence[str], programmes: Sequence[Programme]) -> st.SearchStrategy[Hire]:
    programme_ids = [p.id for p in programmes]
    credits_ = [Credit(programme=p.id) for p in programmes]
    credits_ += [Credit(programme=p.id, module=m.number) for p in programmes for m in p.modules]
    # "x:1" may be the id of another programme: then it means that.
    credits_ = [c for c in credits_ if c.module is None or f"{c.programme}:{c.module}" not in programme_ids]
    return st.builds(
        Hire,
        id=st.just(id_),
        name=texts,
        organisation=st.sampled_from(organisations),
        starts=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        deadline_from=st.none() | days,
        email=maybe_text,
        unit=maybe_text,
        manager=maybe_text,
        manager_email=maybe_text,
        caseload_start=st.none() | days,
        ends=st.none() | st.dates(date(2027, 1, 1), date(2099, 12, 31)),
        weekdays=weekday_sets,
        experienced=flags,
        target_groups=_subset(["barn", "vuxna"]),
        needs_accessible=flags,
        priority=st.integers(1, 3),
        programmes=st.none() | _subset(programme_ids, least=1),
        credits=st.sets(st.sampled_from(credits_), max_size=3).map(
            lambda found: tuple(sorted(found, key=lambda c: (c.programme, c.module or 0)))
        ),
    )


class Speller:
    """Writes values and names in a spelling chosen at random;
    ``excel`` may use real dates, times, numbers and booleans.
    """

    def __init__(self, random: Random, *, excel: bool) -> None:
        self._random = random
        self._excel = excel

    def tables(self, problem: TermProblem) -> dict[str, list[list[Any]]]:
        """All tables, rows shuffled where their order means nothing, unneeded cells and columns left out at times."""
        rows = {
            "inställningar": self._settings(problem.settings),
            "lov": [self._break(found) for found in problem.breaks],
            "förvaltningar": [
                {"id": self.text(o.id), "namn": self.text(o.name), "e-post": self.text(o.email)}
                for o in problem.organisations
            ],
            "utbildningar": [self._programme(p, problem.settings.deadline_months) for p in problem.programmes],
            "moment": [
                {"utbildning": self.text(p.id), "nr": self.whole(m.number), "namn": self.text(m.name)}
                for p in problem.programmes
                for m in p.modules
            ],
            "omgångar": [self._round(r) for r in problem.rounds],
            "tillfällen": self._sessions(problem),
            "kvoter": [
                {
                    "omgång": self.text(q.round),
                    "förvaltning": self.text(q.organisation),
                    "högst": self.whole(q.at_most),
                    "minst": self.whole(q.at_least, default=0),
                }
                for q in problem.quotas
            ],
            "nyanställda": [self._hire(h) for h in problem.hires],
            "frånvaro": [
                {
                    "nyanställd": self.text(a.hire),
                    "utbildare": self.trainer(a.trainer, problem) if a.trainer else None,
                    "från": self.day(a.first),
                    "till": self.day(a.last),
                }
                for a in problem.absences
            ],
            "spärrar": [{"nyanställd": self.text(b.hire), "omgång": self.text(b.round)} for b in problem.barred],
            "utbildare": [
                {
                    "id": self.text(t.id),
                    "namn": self.text(t.name),
                    "e-post": self.text(t.email),
                    "förvaltning": self.text(t.organisation),
                    "enhet": self.text(t.unit),
                }
                for t in problem.trainers
            ],
            "mentorer": [self._mentor(m) for m in problem.mentors],
            "uppgifter": [self._task(t) for t in problem.tasks],
            "prognos": [self._forecast(f) for f in problem.forecast],
            "bokningar": [
                {"nyanställd": self.text(b.hire), "tillfälle": self.text(b.session)} for b in problem.bookings
            ],
            "närvaro": [
                {
                    "nyanställd": self.text(a.hire),
                    "tillfälle": self.text(a.session),
                    "närvarande": self.yes_no(a.present),
                }
                for a in problem.attendance
            ],
        }
        return {self.name(name): self._laid_out(name, found) for name, found in rows.items() if found}

    def _laid_out(self, name: str, rows: list[dict[str, Any]]) -> list[list[Any]]:
        if name != "tillfällen":
            self._random.shuffle(rows)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        self._random.shuffle(columns)
        lines = [[self.name(column) for column in columns]]
        for row in rows:
            lines += [[None] * self._random.randrange(3)] if self._often(0.1) else []
            lines.append([row.get(column) for column in columns])
        return lines

    def _often(self, share: float) -> bool:
        return self._random.random() < share

    def name(self, name: str) -> str:
        """A heading, file or sheet name."""
        spelled = "".join(self._random.choice("-_ ") if letter in "-_" else letter for letter in name)
        if self._often(0.3):
            spelled = spelled.translate(str.maketrans("åäö", "aao"))
        if self._often(0.3):
            spelled = self._random.choice([spelled.upper(), spelled.title()])
        if self._often(0.2):
            spelled = unicodedata.normalize("NFD", spelled)
        return spelled

    def text(self, text: str | None) -> str | None:
        """Text with outer space, or composed otherwise."""
        if text is None or self._often(0.7):
            return text
        spelled = unicodedata.normalize("NFD", text)
        spelled = spelled if unicodedata.normalize("NFC", spelled) == text else text
        return self._random.choice([spelled, f" {text}", f"{text}\u00a0 ", f"\t{text}\n"])

    def whole(self, number: int | None, default: int | None = None) -> CellValue:
        """A number, at times with an empty fraction."""
        if number is None or (number == default and self._often(0.7)):
            return None
        if self._excel and self._often(0.5):
            return self._random.choice([number, float(number)])
        return self._random.choice([str(number), f"{number},0", f"{number}.0"])

    def decimal(self, number: float) -> CellValue:
        """A number that may have decimals."""
        if self._excel and self._often(0.5):
            return number
        return self._random.choice([str(number), str(number).replace(".", ",")])

    def hours(self, minutes: int | None) -> CellValue:
        """Minutes as hours."""
        if minutes is None:
            return None
        written = cell_of(Hours(), minutes)
        assert isinstance(written, int | float)
        return self.decimal(written)

    def trainer(self, name: str, problem: TermProblem) -> str:
        """A trainer by name or by id."""
        known = problem.trainer_by_name.get(name)
        return self._random.choice([name, known.id]) if known else name

    def _mentor(self, mentor: Mentor) -> dict[str, Any]:
        return {
            "id": self.text(mentor.id),
            "namn": self.text(mentor.name),
            "förvaltning": self.text(mentor.organisation),
            "enhet": self.text(mentor.unit),
            "e-post": self.text(mentor.email),
            "målgrupp": self.many(mentor.target_groups),
            "arbetsdagar": self.weekdays(mentor.weekdays),
            "högst": self.whole(mentor.at_most, 1),
            "från": self.day(mentor.first),
            "till": self.day(mentor.last),
        }

    def _task(self, task: Task) -> dict[str, Any]:
        return {
            "id": self.text(task.id),
            "namn": self.text(task.name),
            "ansvarig": self.name(task.responsible) if task.responsible in set(Responsible) else task.responsible,
            "från_dag": self.whole(task.from_day, 0),
            "till_dag": self.whole(task.to_day),
            "timmar": self.hours(task.minutes),
            "förvaltning": self.many(task.organisations),
            "målgrupp": self.many(task.target_groups),
            "gäller": "Oerfarna" if task.inexperienced_only else None,
            "efter": self.many(map(part_text, task.after)),
            "upprepas": None if task.repeats is None else self.name(task.repeats),
            "beskrivning": self.text(task.description),
        }

    def _forecast(self, forecast: Forecast) -> dict[str, Any]:
        as_date = self._excel and self._often(0.5)
        return {
            "månad": forecast.month if as_date else f"{forecast.month:%Y-%m}",
            "förvaltning": self.text(forecast.organisation),
            "antal": self.decimal(forecast.expected),
            "spridning": self.decimal(forecast.dispersion),
            "målgrupp": self.many(forecast.target_groups),
            "erfaren": self.yes_no(forecast.experienced, False),
            "arbetsdagar": self.weekdays(forecast.weekdays),
            "ärenden_efter_dagar": self.whole(forecast.cases_after_days),
        }

    def day(self, day: date | None) -> CellValue:
        """A date."""
        if day is None:
            return None
        if self._excel and self._often(0.5):
            return self._random.choice([day, datetime.combine(day, time()), int(f"{day:%Y%m%d}")])
        return self._random.choice(
            [
                day.isoformat(),
                f"{day.isoformat()} 00:00:00",
                f"{day:%Y%m%d}",
                f"{day.day}/{day.month} {day.year}",
                f"{day.day}.{day.month}.{day.year}",
            ]
        )

    def clock(self, clock: time) -> CellValue:
        """A time of day."""
        if self._excel and self._often(0.5):
            return clock
        spellings = [f"{clock:%H:%M}", f"{clock.hour}.{clock:%M}", f"{clock:%H:%M:%S}"]
        if not clock.minute:
            spellings.append(str(clock.hour))
        return self._random.choice(spellings)

    def yes_no(self, yes: bool, default: bool | None = None) -> CellValue:
        """Yes or no, or blank for the default."""
        if yes is default and self._often(0.6):
            return None
        if self._excel and self._often(0.4):
            return self._random.choice([yes, int(yes)])
        words = ("ja", "J", "x", "Sant", "true", "1") if yes else ("Nej", "n", "FALSKT", "false", "0")
        return self._random.choice(words)

    def many(self, words: Iterable[str], *, ordered: bool = False) -> str | None:
        """A list."""
        found = list(words)
        if not ordered:
            found += found[:1] if self._often(0.2) else []
            self._random.shuffle(found)
        return self._random.choice([",", ";", ", ", " ; "]).join(found) or None

    def weekdays(self, numbers: Sequence[int]) -> str | None:
        """Weekdays, as a range where they are one."""
        if tuple(numbers) == (1, 2, 3, 4, 5) and self._often(0.5):
            return None
        short = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
        long = ("Måndag", "tisdag", "onsdag", "Torsdag", "fredag", "lordag", "söndag")
        spell: Callable[[int], str] = self._random.choice([str, lambda n: short[n - 1], lambda n: long[n - 1]])
        if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1 and self._often(0.7):
            return f"{spell(numbers[0])}-{spell(numbers[-1])}"
        return self.many(map(spell, numbers))

    def _settings(self, settings: Settings) -> list[dict[str, Any]]:
        cells = {
            "termin": self.text(settings.term),
            "terminsstart": self.day(settings.horizon_start),
            "terminsslut": self.day(settings.horizon_end),
            "frist_månader": self.whole(settings.deadline_months, 4),
            "varseltid_dagar": self.whole(settings.notice_days, 14),
            "max_kursdagar_per_vecka": self.decimal(settings.weekly_cap),
            "max_kursdagar_per_vecka_med_ärenden": self.decimal(settings.weekly_cap_with_cases),
            "halvdag_timmar": self.hours(settings.half_day_minutes),
            "mentor_enhet": self.name(settings.mentor_unit),
            "max_borta_per_enhet": self.whole(settings.max_away_per_unit, 2),
            "max_andel_per_förvaltning": self.whole(settings.max_share_percent, 50),
            "öppna_veckodagar": self.weekdays(settings.open_weekdays),
            "helgdagar": settings.holiday_country,
            "tidszon": settings.timezone,
            "planeringsdag": self.day(settings.planning_date),
            "avsändare": self.text(settings.organizer),
        }
        return [{"nyckel": self.name(key), "värde": value} for key, value in cells.items()]

    def _break(self, found: Break) -> dict[str, Any]:
        return {
            "namn": self.text(found.name),
            "från": self.day(found.first),
            "till": self.day(found.last),
            "förvaltning": self.many(found.organisations),
        }

    def _programme(self, programme: Programme, default_months: int) -> dict[str, Any]:
        return {
            "id": self.text(programme.id),
            "namn": self.text(programme.name),
            "sammanhållen": self.yes_no(programme.cohort, True),
            "i_ordning": self.yes_no(programme.ordered, True),
            "dagar_mellan": self.whole(programme.min_gap_days, 0),
            "högst_dagar_mellan": self.whole(programme.max_gap_days),
            "frist_månader": self.whole(programme.deadline_months, default_months),
            "tidigast_dag": self.whole(programme.earliest_day, 0),
            "före_ärenden": self.yes_no(programme.before_cases, False),
            "efter": self.many(programme.after),
            "gäller": "Oerfarna" if programme.inexperienced_only else self._random.choice([None, "alla"]),
            "målgrupp": self.many(programme.target_groups),
            "förvaltning": self.many(programme.organisations),
            "form": self.name("egen tid") if programme.own_time else self._random.choice([None, "Tillfällen"]),
            "timmar": self.hours(programme.minutes),
            "blandad": self.yes_no(programme.mixed, False),
            "vikt": self.whole(programme.weight, 1),
        }

    def _round(self, round_: Round) -> dict[str, Any]:
        status = None if round_.status == RoundStatus.FIXED and self._often(0.5) else self.name(str(round_.status))
        return {
            "id": self.text(round_.id),
            "utbildning": self.text(round_.programme),
            "förvaltning": self.many(round_.organisations),
            "platser": self.whole(round_.seats),
            "min_deltagare": self.whole(round_.min_participants, 0),
            "reserv": self.whole(round_.reserve, 0),
            "kostnad": self.whole(round_.cost),
            "status": status,
        }

    def _sessions(self, problem: TermProblem) -> list[dict[str, Any]]:
        in_row_order = sorted(problem.sessions, key=lambda s: s.meeting)
        return [self._session(s, problem.round_by_id[s.round], problem) for s in in_row_order]

    def _session(self, session: Session, round_: Round, problem: TermProblem) -> dict[str, Any]:
        made = f"{session.round}-{session.module}" + (f"-{session.meeting}" if session.meeting > 1 else "")
        return {
            "id": None if session.id == made and self._often(0.7) else self.text(session.id),
            "omgång": self.text(session.round),
            "moment": self.whole(session.module, 1),
            "utbildning": self._random.choice([None, round_.programme]),
            "datum": self.day(session.day),
            "start": self.clock(session.start),
            "slut": self.clock(session.end),
            "plats": self.text(session.place),
            "lokal": self.text(session.room),
            "utbildare": self.many((self.trainer(t, problem) for t in session.trainers), ordered=True),
            "platser": self.whole(session.seats, round_.seats),
            "tillgänglig": self.yes_no(session.accessible, True),
            "status": "inställd" if session.cancelled else None,
        }

    def _hire(self, hire: Hire) -> dict[str, Any]:
        return {
            "id": self.text(hire.id),
            "namn": self.text(hire.name),
            "förvaltning": self.text(hire.organisation),
            "anställd_från": self.day(hire.starts),
            "frist_från": self.day(hire.deadline_from),
            "chef": self.text(hire.manager),
            "chef_e-post": self.text(hire.manager_email),
            "e-post": self.text(hire.email),
            "enhet": self.text(hire.unit),
            "ärenden_från": self.day(hire.caseload_start),
            "slutar": self.day(hire.ends),
            "arbetsdagar": self.weekdays(hire.weekdays),
            "erfaren": self.yes_no(hire.experienced, False),
            "målgrupp": self.many(hire.target_groups),
            "kräver_tillgänglig": self.yes_no(hire.needs_accessible, False),
            "prioritet": self.whole(hire.priority, 1),
            "utbildningar": self.many(hire.programmes or ()),
            "tillgodoräknas": self.many(
                c.programme if c.module is None else f"{c.programme}:{c.module}" for c in hire.credits
            ),
        }


def write_awkward_folder(folder: Path, tables: Mapping[str, list[list[Any]]], random: Random) -> Path:
    """Each table in an encoding, with a delimiter, quotes and line ends of its own."""
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        out = io.StringIO(newline="")
        csv.writer(
            out,
            delimiter=random.choice(";,\t"),
            lineterminator=random.choice(["\n", "\r\n"]),
            quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        ).writerows(rows)
        (folder / f"{name}.csv").write_bytes(_encoded(out.getvalue(), random))
    return folder


def _encoded(text: str, random: Random) -> bytes:
    encoding = random.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def write_awkward_workbook(path: Path, tables: Mapping[str, list[list[Any]]], random: Random) -> Path:
    """Sheets in any order, dates of either system, some values the results of formulas."""
    since_1904 = random.random() < 0.5
    book = xlsxwriter.Workbook(str(path), {"date_1904": since_1904})
    formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    names = list(tables)
    random.shuffle(names)
    for name in names:
        sheet = book.add_worksheet(unicodedata.normalize("NFC", name))
        for number, row in enumerate(tables[name]):
            for column, value in enumerate(row):
                match value:
                    case None:
                        continue
                    case bool():
                        sheet.write_boolean(number, column, value)
                    case str():
                        sheet.write_string(number, column, value)
                    case int() | float():
                        sheet.write_number(number, column, value)
                    case _ if random.random() < 0.7:
                        sheet.write_datetime(number, column, value, formats[type(value)])
                    case _:
                        result = _serial(value, since_1904=since_1904)
                        sheet.write_formula(number, column, "=A1+B1", formats[type(value)], result)
    book.close()
    return path


_FORMATS = {date: "d/m/yyyy", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm"}


def _serial(value: date | time, *, since_1904: bool) -> float:
    """The number that Excel stores."""
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute) / timedelta(days=1)
    epoch = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    return (date(value.year, value.month, value.day) - epoch).days
