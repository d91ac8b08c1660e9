"""The findings as a page and as a workbook, of the same words and tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.dimensioning import Choice, Dimensioning
from models.problem import TermProblem
from outputs import words
from outputs.dimensioning.words import (
    choice_cells,
    good_years,
    headlines,
    month,
    name,
    notes,
    percent,
    tightest,
    within,
)
from outputs.html import environment
from outputs.page import shares
from outputs.page.shares import SureShare
from outputs.page.tables import Table
from outputs.plain_book import Contents, Curve
from outputs.plain_book import workbook as plain_workbook

_TITLE = "Hur många omgångar behövs?"
_CURVE = ("Klara i tid", "Osäkerhet", "Mot valet, procentenheter", "Bra år", "Osäkerhet ", "Räknat på år")
_SEATS_MEAN = "Räknat på den träff i omgången som flest går till."
_SEATS = ("Första dag", "Platser", "Används i medeltal", "Nio år av tio högst", "Blir över i medeltal")


def page(problem: TermProblem, found: Dimensioning) -> bytes:
    """The page's bytes; the same findings give the same bytes."""
    made = (
        environment()
        .get_template("dimensioning.html")
        .render(
            title=_TITLE,
            subtitle=_subtitle(problem, found),
            headlines=list(headlines(problem, found)),
            points=shares.points(list(_curve(found))),
            good=shares.points(list(_good(found))),
            drawing=shares,
            chosen=", ".join(found.winner.chosen),
            tables=tables(problem, found),
            notes=list(notes(found)),
        )
    )
    return made.encode()


def workbook(problem: TermProblem, found: Dimensioning, day: date) -> bytes:
    """The workbook's bytes; ``day`` is the planning date."""
    contents = Contents(
        _TITLE,
        _subtitle(problem, found),
        day,
        list(headlines(problem, found)),
        tables(problem, found),
        list(notes(found)),
        tuple(_curves(found)),
    )
    return plain_workbook(contents)


def tables(problem: TermProblem, found: Dimensioning) -> tuple[Table, ...]:
    """In the order in which one asks."""
    curve = tuple((_number(found, c), *choice_cells(found, c)) for c in found.by_rounds)
    titles = ("Kostnad", *_CURVE) if found.priced else _CURVE
    months = tuple(_months(found))
    return (
        Table("fler-farre", "Fler och färre omgångar", ("Omgångar",), titles, curve, _curve_note(found)),
        Table(
            "omgangar",
            "Platser som blir över",
            ("Omgång", "Utbildning"),
            _SEATS,
            tuple(_rounds(problem, found)),
            _SEATS_MEAN,
        ),
        Table("manader", "Trånga månader", ("Börjar",), ("Klara i tid", "Krav i medeltal"), months, tightest(found)),
        _groups("utbildningar", "Utbildningar", "Utbildning", problem, found),
        _groups("forvaltningar", "Förvaltningar", "Förvaltning", problem, found),
    )


def _subtitle(problem: TermProblem, found: Dimensioning) -> str:
    settings = problem.settings
    span = words.span(settings.horizon_start, settings.horizon_end)
    unfinished = "" if found.complete else " Beräkningen hann inte klart."
    return f"{settings.term or span}. {words.whole(round(found.expected))} personer väntas börja.{unfinished}"


def _curve(found: Dimensioning) -> Iterator[SureShare]:
    for one in found.by_rounds:
        if (figures := one.figures) is not None:
            label, number = percent(figures.share), words.count(len(one.chosen), "omgång", "omgångar")
            told = f"{number}: {label} i tid, osäkerhet {within(figures.share_low, figures.share_high)}"
            yield SureShare(str(len(one.chosen)), figures.share, figures.share_low, figures.share_high, label, told)


def _curves(found: Dimensioning) -> Iterator[Curve]:
    """None where a single choice has been counted on."""
    for title, told in (("Klara i tid, i medeltal", _curve), ("År som når målet", _good)):
        shares_ = list(told(found))
        if len(shares_) > 1:
            yield Curve(title, "omgångar", shares_)


def _good(found: Dimensioning) -> Iterator[SureShare]:
    for one in found.by_rounds:
        if (figures := one.figures) is not None:
            low, high, label = figures.probability_low, figures.probability_high, percent(figures.probability)
            told = f"{words.count(len(one.chosen), 'omgång', 'omgångar')}: {good_years(figures)} bra"
            yield SureShare(str(len(one.chosen)), figures.probability, low, high, label, told)


def _number(found: Dimensioning, choice: Choice) -> str:
    """How many rounds, with a word at those of the answer."""
    mark = " (valet)" if choice.chosen == found.winner.chosen else ""
    return f"{len(choice.chosen)}{mark}"


def _curve_note(found: Dimensioning) -> str:
    return f"Valet: {', '.join(found.winner.chosen)}." if found.winner.chosen else ""


def _rounds(problem: TermProblem, found: Dimensioning) -> Iterator[tuple[str | int, ...]]:
    days = {round_: min(s.day for s in problem.sessions if s.round == round_) for round_ in _held(problem)}
    for one in sorted(found.seats, key=lambda s: (problem.round_by_id[s.round].programme, days.get(s.round, date.max))):
        programme = problem.programme_by_id[problem.round_by_id[one.round].programme].name
        day = words.day(days[one.round]) if one.round in days else "–"
        yield one.round, programme, day, one.seats, _tenth(one.used), one.used_at_most, _tenth(one.seats - one.used)


def _held(problem: TermProblem) -> set[str]:
    return {session.round for session in problem.sessions}


def _tenth(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _months(found: Dimensioning) -> Iterator[tuple[str | int, ...]]:
    years = found.winner.figures.scenarios if found.winner.figures else 0
    for one in found.by_month:
        if one.counted:
            yield month(one), percent(one.on_time / one.counted), _tenth(one.counted / max(1, years))


def _groups(anchor: str, title: str, first: str, problem: TermProblem, found: Dimensioning) -> Table:
    groups = found.by_programme if anchor == "utbildningar" else found.by_organisation
    rows = tuple((name(problem, group.id), percent(group.share), group.years) for group in groups)
    return Table(anchor, title, (first,), ("Klara i tid", "År med någon"), rows)
