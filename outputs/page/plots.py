"""Waiting-time plots: how many requirements are completed in each week after the start, drawn by the page's template.

No drawing library: a histogram is a few rectangles, and loading one took longer than all the rest of the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from models.ids import State
from outputs import words
from outputs.figures import Figures, Share, Wait, median_days

MOST_PLOTS = 12
WIDTH, HEIGHT = 520, 200
LEFT, RIGHT, TOP, BOTTOM = 40, 508, 10, 158
"""The edges of what is drawn, inside the numbers and the words beside the axes."""
BAR_SHARE = 0.86
"""Share of a week's width that its bar takes."""
MOST_WEEK_TICKS, MOST_COUNT_TICKS = 10, 4
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """The requirements of one week: those in time, and those after the deadline above them."""

    at: float
    width: float
    good_top: float
    good_height: float
    late_top: float
    late_height: float


@dataclass(frozen=True)
class Tick:
    """A number on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class WaitPlot:
    """A plot with what stands around it, and the same numbers in words."""

    title: str
    summary: str
    bars: tuple[Bar, ...]
    weeks: tuple[Tick, ...]
    counts: tuple[Tick, ...]
    middle: float


def wait_plots(figures: Figures) -> tuple[WaitPlot, ...]:
    """One for each administration, those with most people first, on one time axis."""
    by_organisation: dict[str, list[Wait]] = {}
    for wait in figures.waits:
        by_organisation.setdefault(wait.organisation, []).append(wait)
    chosen = sorted(by_organisation, key=lambda o: (-len(by_organisation[o]), o))[:MOST_PLOTS]
    last_week = max((w.days // 7 for w in figures.waits), default=0)
    shown = [s.organisation for s in figures.shares if s.organisation in chosen]
    return tuple(_plot(figures, o, by_organisation[o], last_week) for o in shown if o is not None)


def _plot(figures: Figures, organisation: str, waits: list[Wait], last_week: int) -> WaitPlot:
    days = sorted(w.days for w in waits)
    share = next(s for s in figures.shares if s.organisation == organisation)
    in_week = Counter(w.days // 7 for w in waits)
    axes = _Axes(last_week + 1, max(in_week.values()))
    return WaitPlot(
        title=figures.problem.organisation_by_id[organisation].name,
        summary=_summary(share, waits, days),
        bars=tuple(axes.bar(week, [w for w in waits if w.days // 7 == week]) for week in sorted(in_week)),
        weeks=tuple(Tick(axes.across(n), str(n)) for n in _round_numbers(last_week + 1, MOST_WEEK_TICKS)),
        counts=tuple(Tick(axes.up(n), str(n)) for n in _round_numbers(max(in_week.values()), MOST_COUNT_TICKS)),
        middle=axes.across(median(days) / 7),
    )


def _summary(share: Share, waits: Sequence[Wait], days: Sequence[int]) -> str:
    """How many of the administration's requirements are in the plot, and how long they take."""
    quartile = days[3 * len(days) // 4]
    late = sum(not w.in_time for w in waits)
    undated = share.states[State.DONE] - sum(w.requirement.state is State.DONE for w in waits)
    told = (
        f"{words.whole(len(waits))} av {words.whole(share.with_others)} krav blir klara. "
        f"Hälften är klara inom {words.count(median_days(waits) or 0, 'dag', 'dagar')}, "
        f"tre fjärdedelar inom {words.whole(quartile)}, alla inom {words.whole(days[-1])}."
    )
    if late:
        told += f" {words.count(late, 'blir klart', 'blir klara')} efter fristen."
    if undated:
        told += f" {words.count(undated, 'redan klart utan datum är', 'redan klara utan datum är')} inte med."
    return told


class _Axes:
    """From weeks and numbers to places in the drawing."""

    def __init__(self, weeks: int, most: int) -> None:
        self._week = (RIGHT - LEFT) / weeks
        self._one = (BOTTOM - TOP) / most

    def across(self, weeks: float) -> float:
        """The horizontal place of a number of weeks after the start."""
        return round(LEFT + self._week * weeks, 1)

    def up(self, number: int) -> float:
        """The vertical place of a number."""
        return round(BOTTOM - self._one * number, 1)

    def bar(self, week: int, waits: Sequence[Wait]) -> Bar:
        """The bar of one week."""
        good = sum(w.in_time for w in waits)
        good_top, late_top = self.up(good), self.up(len(waits))
        return Bar(
            at=self.across(week),
            width=round(self._week * BAR_SHARE, 1),
            good_top=good_top,
            good_height=round(BOTTOM - good_top, 1),
            late_top=late_top,
            late_height=round(good_top - late_top, 1),
        )


def _round_numbers(last: int, most: int) -> range:
    """0 and the multiples of 1, 2, 5, 10, ... up to the last, at most so many beside 0."""
    power = 1
    while True:
        for step in _STEPS:
            if last // (step * power) <= most:
                return range(0, last + 1, step * power)
        power *= 10
