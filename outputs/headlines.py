"""The figures that stand first, each with its unit and what it
counts: the same rows in terminal, workbook, report and ``--json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from outputs import words
from outputs.figures import Figures, Share


@dataclass(frozen=True)
class Headline:
    """One figure: its id for programs, its label, the value with
    its unit, and a remark; ``number`` and ``of`` are unrounded.
    """

    id: str
    label: str
    value: str
    remark: str
    number: int
    of: int | None = None


def headlines(figures: Figures) -> tuple[Headline, ...]:
    """All of them, in the order in which a manager asks for them."""
    return _told((*_of_requirements(figures), *_of_days(figures), _of_rounds(figures)))


def own_headlines(figures: Figures) -> tuple[Headline, ...]:
    """Those that an administration reads: about its own people, not about the rounds, in which all may take part."""
    return _told((*_of_requirements(figures), *_of_days(figures)))


def _told(found: Iterable[Headline]) -> tuple[Headline, ...]:
    return tuple(headline for headline in found if headline.number or headline.id not in _WHERE_ANY)


_WHERE_ANY = ("leaves", "on_own", "unconfirmed")
"""Told only where there is something to tell."""


def _of_requirements(figures: Figures) -> tuple[Headline, ...]:
    total, (people, hires) = figures.total, figures.people_on_time
    return (
        _part("requirements_on_time", "Krav som blir klara i tid", total.on_time, total.counted, "krav"),
        _part("people_on_time", "Personer som får allt i tid", people, hires, "personer"),
        _count(
            "not_on_time", "Krav som inte blir klara i tid", total.not_on_time, ("krav", "krav"), not_on_time(total)
        ),
        _count(
            "waiting",
            "Väntar till nästa termin",
            total.waiting,
            ("krav", "krav"),
            "fristen går ut efter terminen, eller saknas",
        ),
        _count("leaves", "Hinns inte innan personen slutar", total.leaves, ("krav", "krav"), "inte bokade"),
        _count(
            "on_own",
            "På egen tid, inte klara",
            total.on_own,
            ("krav", "krav"),
            f"varav {words.whole(len(figures.on_own_late))} efter fristen; räknas inte i andelarna",
        ),
    )


def _of_days(figures: Figures) -> tuple[Headline, ...]:
    unconfirmed, held = figures.held_seats
    early = sum(e.days for e in figures.early_cases)
    return (
        _count(
            "unconfirmed",
            "Närvaro ej bekräftad",
            unconfirmed,
            ("plats", "platser"),
            f"av {words.whole(held)} hållna; de räknas som genomförda tills något annat är antecknat",
        ),
        _count(
            "early_cases",
            "Ärenden före utbildning",
            len(figures.early_cases),
            ("krav", "krav"),
            f"sammanlagt {words.count(early, 'dag', 'dagar')}",
        ),
        _count("stretched", "Enhetsdagar över gränsen", len(figures.stretched), ("dag", "dagar"), _limit(figures)),
    )


def _of_rounds(figures: Figures) -> Headline:
    opened = len(figures.opened)
    proposals = opened + len(figures.unopened)
    return _count("opened", "Förslag som öppnas", opened, ("omgång", "omgångar"), f"av {proposals} föreslagna")


def not_on_time(share: Share) -> str:
    """``14 saknar plats och 1 blir försenat``; the parts add up to what is not on time. Empty where nothing is."""
    parts = (
        (share.missing, f"{words.whole(share.missing)} saknar plats"),
        (share.late, words.count(share.late, "blir försenat", "blir försenade")),
        (share.held_late, words.count(share.held_late, "blev klart efter fristen", "blev klara efter fristen")),
    )
    return words.listed(text for number, text in parts if number)


def _part(id_: str, label: str, number: int, of: int, unit: str) -> Headline:
    value = f"{words.whole(number)} av {words.whole(of)} {unit}"
    return Headline(id_, label, value, words.percent(number, of), number, of)


def _count(id_: str, label: str, number: int, unit: tuple[str, str], remark: str) -> Headline:
    return Headline(id_, label, words.count(number, *unit), remark, number)


def _limit(figures: Figures) -> str:
    limit = figures.problem.settings.max_away_per_unit
    return f"då fler än {limit} från samma enhet är på utbildning"
