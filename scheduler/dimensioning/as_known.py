"""A year as it becomes known: planned on the first of each month with those only who have started by its end.

Earlier seats are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from models.ids import Level
from models.problem import GivenBooking
from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.copied import CopiedYear, Seated
from scheduler.dimensioning.evaluation import FOR_EVER, MOST_WORK, MOST_WORK_COPIED, Evaluation, Outcome, engine_of
from scheduler.dimensioning.seating import Seating, people_of
from scheduler.dimensioning.years import Year
from scheduler.linear.model import Values
from scheduler.model.build import Model, build

MOST_WORK_COPIED_EARLY = 0.02
"""For early seats in a month planned by copies."""
MOST_WORK_EARLY = 1.0
"""Of work for early seats among plans with as many on time, where months are planned one after the other."""


def as_known(evaluation: Evaluation, number: int, chosen: Collection[str]) -> Outcome:
    """Scenario ``number`` under the choice of rounds, planned month by month; its bound is not looked for."""
    catalogue = evaluation.catalogue
    year = catalogue.year(number)
    if not catalogue.plain:
        value = by_whole_models(evaluation, year, chosen)
    else:
        value = (by_seating if evaluation.is_exact(year) else by_copies)(evaluation, year, chosen)
    return Outcome(value, 0, catalogue.weight(year))


def by_seating(evaluation: Evaluation, year: Year, chosen: Collection[str]) -> int:
    """Weight that is late where each month's hires are seated one by one, which is exact for one block each."""
    catalogue = evaluation.catalogue
    people, seating = people_of(year), Seating(catalogue, evaluation.open_rounds(chosen))
    for day, following in _months(catalogue):
        known = [p for p in people if _is_known(catalogue, p.profile, following)]
        seating.seat(known, catalogue.notice_end(day))
    return seating.value(people)


def by_copies(evaluation: Evaluation, year: Year, chosen: Collection[str]) -> int:
    """Weight that is late by a model of copies each month; who has all that she needs is planned no more."""
    catalogue, templates = evaluation.catalogue, evaluation.templates
    open_rounds, taken = evaluation.open_rounds(chosen), Counter[tuple[int, int]]()
    waiting = [Seated(profile) for profile, number in year for _ in range(number)]
    for day, following in _months(catalogue):
        known = [one for one in waiting if _is_known(catalogue, one.profile, following)]
        later = [one for one in waiting if not _is_known(catalogue, one.profile, following)]
        model = CopiedYear(templates, known, open_rounds, taken, catalogue.notice_end(day))
        seated = model.seat(MOST_WORK_COPIED, MOST_WORK_COPIED_EARLY)
        taken.update(seat for one in seated if one.ready for seat in templates.seats_of(one))
        waiting = [*(one for one in seated if not one.ready), *later]
    return sum(templates.missing(one) for one in waiting)


def by_whole_models(evaluation: Evaluation, year: Year, chosen: Collection[str]) -> int:
    """Weight that is late by the whole model each month, with earlier seats as given bookings."""
    whole, task = evaluation.problem_of(year, chosen), evaluation.catalogue.task
    listed = {hire.id for hire in task.problem.hires}
    bookings, on_time, weights = set(whole.bookings), set[tuple[str, str]](), dict[tuple[str, str], int]()
    for day, following in _months(evaluation.catalogue):
        known = tuple(h for h in whole.hires if h.id in listed or h.starts < following)
        seats = tuple(sorted(bookings, key=lambda b: (b.hire, b.session)))
        problem = whole.model_copy(update={"hires": known, "bookings": seats})
        model = build(problem, day, None, levels=(Level.ON_TIME, Level.DAYS))
        values = _earliest(model, task.seed)
        for need in model.variables.needs:
            if need.counts:
                weights.setdefault(need.key, need.weight)
                if model.variables.on_time(need).value(values):
                    on_time.add(need.key)
        for candidate in model.chosen(values):
            hire = candidate.need.hire.id
            bookings |= {GivenBooking(hire=hire, session=session.id) for session in candidate.offer.sessions}
    return sum(weight for key, weight in weights.items() if key not in on_time)


def _earliest(model: Model, seed: int) -> Values:
    """As many on time as can be, and then as early as is found soon."""
    engine, first, then = engine_of(model, seed), model.objectives[Level.ON_TIME], model.objectives[Level.DAYS]
    answer = engine.minimise(first, hint=model.start, seconds=FOR_EVER, work=MOST_WORK)
    values = model.start if answer.values is None else answer.values
    engine.cap(first, first.value(values))
    better = engine.minimise(then, hint=values, seconds=FOR_EVER, work=MOST_WORK_EARLY)
    return values if better.values is None else better.values


def _months(catalogue: Catalogue) -> Iterator[tuple[date, date]]:
    """The days on which one plans, each with the first day of the month after it."""
    day, last = catalogue.task.planning_date, catalogue.problem.settings.horizon_end
    while day <= last:
        following = day.replace(day=1) + relativedelta(months=1)
        yield day, following
        day = following


def _is_known(catalogue: Catalogue, profile: int, following: date) -> bool:
    """She is in the table of those known already, or starts before the next month."""
    drawn = profile < len(catalogue.years.profiles)
    return not drawn or catalogue.profiles[profile].starts < following
