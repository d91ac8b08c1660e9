"""The figures of a follow-up, each told once and kept from telling of single people (``outputs.followup.hiding``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from outputs.followup.chains import FollowedPlan, latest_of_each_term
from outputs.followup.hiding import People, hidden, hidden_crossed, hidden_within, too_few, unlisted
from outputs.followup.interval import Interval, difference, wilson
from outputs.followup.records import Records, records
from outputs.words import MONTHS, swedish_order

_AUTUMN = 7
"""The month with which autumn terms begin."""


@dataclass(frozen=True)
class Share:
    """How a group of people fared.

    ``counted`` requirements of ``people``, of which ``on_time`` are done in time as far as the plans know, and
    ``confirmed`` so that each seat of them is known to have been used; ``planned`` of those on time hang on meetings
    yet to be held. ``all_on_time``: people with every counted requirement on time. ``hours`` of participation at
    meetings held, of which ``unconfirmed_hours`` nobody has said a word on.
    """

    people: int
    counted: int
    on_time: int
    confirmed: int
    planned: int
    all_on_time: int
    hours: float
    unconfirmed_hours: float

    @property
    def share(self) -> float | None:
        """On time of all counted; None of nothing."""
        return self.on_time / self.counted if self.counted else None

    @property
    def settled(self) -> bool:
        """Whether most of it has been: fewer than half of the requirements hang on meetings yet to be held."""
        return self.counted > 0 and 2 * self.planned < self.counted

    @property
    def confirmed_share(self) -> float | None:
        """The share on time where what is not confirmed counts as not done."""
        return self.confirmed / self.counted if self.counted else None

    @property
    def sure_within(self) -> Interval | None:
        """Where the share lies with 95 % certainty; each person
        is one observation, for her requirements go together.
        """
        return None if self.share is None else wilson(self.share, self.people)


NOBODY = Share(0, 0, 0, 0, 0, 0, 0.0, 0.0)
"""Of a programme that nobody has gone to, nor had to by now."""


@dataclass(frozen=True)
class Seats:
    """Rounds that were run, their seats, how many were used, and what the rounds cost, None where no cost is given."""

    rounds: int
    seats: int
    used: int
    cost: int | None


@dataclass(frozen=True)
class Group:
    """A row of a table; ``share`` and ``seats`` are None where
    they are hidden (or, for seats, where the table has none).
    """

    key: tuple[str, ...]
    names: tuple[str, ...]
    share: Share | None
    seats: Seats | None = None

    @property
    def hidden(self) -> bool:
        """Whether too few people stand behind it."""
        return self.share is None


@dataclass(frozen=True)
class Run:
    """The rounds of one term; ``seats`` is None where too few people took part to say how many."""

    term: str
    seats: Seats | None


@dataclass(frozen=True)
class Trend:
    """From the first to the last term of start that is shown
    and settled: both shares, and where their difference lies.
    """

    first: Group
    last: Group
    change: float
    sure_within: Interval


@dataclass(frozen=True)
class FollowUp:
    """All figures. ``total`` is None where there are too few
    people in all. ``planned`` seats lie after their plan's day.
    """

    terms: tuple[str, ...]
    total: Group
    organisations: tuple[Group, ...]
    units: tuple[Group, ...]
    programmes: tuple[Group, ...]
    start_terms: tuple[Group, ...]
    start_months: tuple[Group, ...]
    crossed: tuple[Group, ...]
    runs: tuple[Run, ...]
    run_total: Seats | None
    planned: int
    last_day: date

    @property
    def trend(self) -> Trend | None:
        """None with fewer than two terms to compare: what is only planned says nothing yet."""
        shown = [g for g in self.start_terms if g.share is not None and g.share.settled]
        if len(shown) < 2:
            return None
        first, last = shown[0], shown[-1]
        assert first.share is not None
        assert last.share is not None
        old, new = first.share.share or 0.0, last.share.share or 0.0
        return Trend(first, last, new - old, difference(old, first.share.people, new, last.share.people))


def follow_up(plans: Sequence[FollowedPlan]) -> FollowUp:
    """The figures of plans of which some may be of the same term: the latest of each term counts."""
    counted = latest_of_each_term(plans).plans
    return _Tables(counted, records(counted)).follow_up()


class _Tables:
    """The records, taken apart in each way that a table asks for."""

    def __init__(self, plans: Sequence[FollowedPlan], found: Records) -> None:
        self._plans = plans
        needs = found.requirements
        self._needs = _dated(needs[needs["counts"]])
        self._seats = _dated(found.seats[found.seats["held"] & ~found.seats["absent"]])
        self._planned = int((~found.seats["held"]).sum())
        self._rounds = found.rounds.assign(run_term=[term_of(day) for day in found.rounds["first_day"]])
        self._takers = found.takers.merge(
            self._rounds[["round", "first_day", "programme", "run_term"]], on=["round", "first_day"]
        )
        self._organisations = {o.id: o.name for p in plans for o in p.problem.organisations}
        self._programmes = {one.id: one.name for p in plans for one in p.problem.programmes}

    def follow_up(self) -> FollowUp:
        """All tables."""
        organisations = self._groups(["organisation"], lambda key: (self._organisations[key[0]],))
        units = self._groups(
            ["organisation", "unit"],
            lambda key: (self._organisations[key[0]], key[1] or "ingen enhet angiven"),
            lambda people: _within(people, _hidden_keys(organisations)),
        )
        start_terms = self._groups(["start_term"], lambda key: (_term_name(key[0]),))
        months = self._groups(
            ["start_term", "start_month"],
            lambda key: (_term_name(key[0]), _month_name(key[1])),
            lambda people: _within(people, _hidden_keys(start_terms)),
        )
        crossed = self._groups(
            ["organisation", "start_term"],
            lambda key: (self._organisations[key[0]], _term_name(key[1])),
            lambda people: _crossed(people, _hidden_keys(organisations), _hidden_keys(start_terms)),
            hours=False,
        )
        total = self._total()
        return FollowUp(
            terms=tuple(
                plan.plan.term or f"{plan.plan.horizon[0]} till {plan.plan.horizon[1]}" for plan in self._plans
            ),
            total=total,
            organisations=_by_name(organisations),
            units=_by_name(units),
            programmes=_by_name(self._groups(["programme"], lambda key: (self._programmes[key[0]],), seats=True)),
            start_terms=start_terms,
            start_months=months,
            crossed=crossed,
            runs=self._runs(),
            run_total=None if total.hidden else _seats_of(self._rounds),
            planned=self._planned,
            last_day=max(plan.plan.planning_date for plan in self._plans),
        )

    def _total(self) -> Group:
        everybody = (frozenset(self._needs["person"]), frozenset(self._seats["person"]))
        share = None if too_few(everybody) else _share(self._needs, self._seats)
        return Group((), ("Alla",), share)

    def _groups(
        self,
        by: list[str],
        names: Callable[[tuple[str, ...]], tuple[str, ...]],
        closing: Callable[[Mapping[tuple[str, ...], People]], set[tuple[str, ...]]] = hidden,
        *,
        hours: bool = True,
        seats: bool = False,
    ) -> tuple[Group, ...]:
        """A row for each value of the columns that anybody or, with
        ``seats``, any round has; ``closing`` tells which are not shown.

        Without ``hours`` nothing is told of them, and those who only took part do not count.
        """
        attended = self._seats if hours else self._seats[:0]
        tables = [_split(self._needs, by), _split(attended, by)]
        tables += [_split(self._takers, by)] if seats else []
        rounds = _split(self._rounds, by) if seats else {}
        keys = sorted({key for table in (*tables, rounds) for key in table})
        people: dict[tuple[str, ...], People] = {
            key: [frozenset(table[key]["person"]) if key in table else frozenset() for table in tables] for key in keys
        }
        closed = set(keys) if self._total().hidden else closing(people)
        nameless = set() if self._total().hidden else unlisted(people, closed)
        return tuple(
            Group(key, names(key), None)
            if key in closed
            else Group(
                key,
                names(key),
                _share(tables[0].get(key, self._needs[:0]), tables[1].get(key, self._seats[:0])),
                _seats_of(rounds.get(key, self._rounds[:0])) if seats else None,
            )
            for key in keys
            if key not in nameless
        )

    def _runs(self) -> tuple[Run, ...]:
        """The rounds by the term of their first day."""
        rounds, takers = _split(self._rounds, ["run_term"]), _split(self._takers, ["run_term"])
        people: dict[tuple[str, ...], People] = {
            key: [frozenset(takers[key]["person"]) if key in takers else frozenset()] for key in rounds
        }
        closed = set(rounds) if self._total().hidden else hidden(people)
        return tuple(
            Run(_term_name(key[0]), None if key in closed else _seats_of(rounds[key])) for key in sorted(rounds)
        )


def _within(people: Mapping[tuple[str, ...], People], hidden_parents: set[str]) -> set[tuple[str, ...]]:
    return {*hidden_within({(key[0], key[1]): those for key, those in people.items()}, hidden_parents)}


def _crossed(people: Mapping[tuple[str, ...], People], rows: set[str], columns: set[str]) -> set[tuple[str, ...]]:
    return {*hidden_crossed({(key[0], key[1]): those for key, those in people.items()}, rows, columns)}


def _hidden_keys(groups: Iterable[Group]) -> set[str]:
    return {group.key[0] for group in groups if group.hidden}


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """With the term and month in which each person started."""
    return rows.assign(
        start_term=[term_of(day) for day in rows["starts"]], start_month=[f"{day:%Y-%m}" for day in rows["starts"]]
    )


def _split(rows: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], pd.DataFrame]:
    return {tuple(map(str, key)): part for key, part in rows.groupby(by, sort=True)}


def _share(needs: pd.DataFrame, seats: pd.DataFrame) -> Share:
    everything = needs.groupby("person")["on_time"].all() if len(needs) else needs["on_time"]
    return Share(
        people=needs["person"].nunique(),
        counted=len(needs),
        on_time=int(needs["on_time"].sum()),
        confirmed=int(needs["confirmed"].sum()),
        planned=int(needs["planned"].sum()),
        all_on_time=int(everything.sum()),
        hours=float(seats["hours"].sum()),
        unconfirmed_hours=float(seats.loc[~seats["known"], "hours"].sum()),
    )


def _seats_of(rounds: pd.DataFrame) -> Seats:
    costs = rounds["cost"].dropna()
    cost = int(costs.sum()) if len(costs) else None
    return Seats(len(rounds), int(rounds["seats"].sum()), int(rounds["used"].sum()), cost)


def _by_name(groups: Sequence[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: ([swedish_order(name) for name in group.names], group.key)))


def term_of(day: date) -> str:
    """``2026-2`` for the autumn term of 2026, that is from July to December, ``2026-1`` for the spring before it."""
    return f"{day.year}-{1 + (day.month >= _AUTUMN)}"


def _term_name(term: str) -> str:
    year, half = term.split("-")
    return f"{('VT', 'HT')[int(half) - 1]} {year}"


def _month_name(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"
