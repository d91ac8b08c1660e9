"""What helps while one fills in a cell: drop-down lists, limits, and what is said when something else is written.

References never stop anybody: sheets may be filled in in any order, and the reader checks them all. What can only be a
slip (a date that is none, a word that is no yes or no) is stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from columns.kinds import (
    Clock,
    Country,
    Day,
    HalfSteps,
    Hours,
    Id,
    Kind,
    Month,
    Number,
    Reference,
    SessionReference,
    Setting,
    Timezone,
    Weekdays,
    Whole,
    Words,
    WordsOrText,
    YesNo,
)
from outputs.template.names import LAST_ROW, list_name

Rule = Mapping[str, object]
# The readers take earlier years too, but a plain number such as 24 would pass for one of them.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_LARGEST = 100_000
# Excel's bound on the title of what is said.
_LONGEST_TITLE = 32


def rule(kind: Kind, column: str) -> Rule | None:  # noqa: PLR0911  one return a kind
    """The validation of the cells of a column, given its letter; None where anything goes."""
    match kind:
        case Id():
            return _unique(column)
        case Whole(low, high):
            return _whole(low, high)
        case HalfSteps(low, high):
            return _decimal(low, high, f"Skriv ett helt eller halvt tal från {low} till {high}.")
        case Number():
            return _decimal(0, _LARGEST, "Skriv ett tal som är 0 eller mer.")
        case Hours():
            return _decimal(0, _LARGEST, "Skriv antal timmar, som 4 eller 3,5.")
        case Month():
            return _month(column)
        case Words(words=words):
            return _listed(words, _stop("Inget av orden", f"Välj {' eller '.join(words)}, eller lämna cellen tom."))
        case Weekdays(words) | Country(words) | Timezone(words) | WordsOrText(words):
            return _listed(words, {"show_error": False})
        case Reference():
            return _reference(kind)
    return _ALWAYS_THE_SAME.get(type(kind))


def setting_rule(setting: Setting, column: str) -> Rule:
    """The validation of a setting's value, with its meaning as what is said when the cell is marked."""
    blank = f"\nTomt: {setting.blank}." if setting.blank else ""
    prompt = {
        "input_title": setting.key[:_LONGEST_TITLE],
        "input_message": f"{setting.meaning}{blank}",
    }
    return {**(rule(setting.kind, column) or {"validate": "any"}), **prompt}


def _stop(title: str, message: str) -> Rule:
    return {"error_type": "stop", "error_title": title, "error_message": message}


def _ask(title: str, message: str) -> Rule:
    """Excel adds a question whether to go on, so that the message ends where that makes sense."""
    return {"error_type": "warning", "error_title": title, "error_message": message}


def _listed(words: tuple[str, ...], otherwise: Rule) -> Rule:
    return {"validate": "list", "source": list(words), **otherwise}


def _whole(low: int, high: int | None) -> Rule:
    expected = f"från {low} till {high}" if high is not None else f"som är {low} eller mer"
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": low,
        "maximum": _LARGEST if high is None else high,
        **_stop("Inget tal som går här", f"Skriv ett heltal {expected}."),
    }


def _decimal(low: int, high: int, expected: str) -> Rule:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        **_stop("Inget tal som går här", expected),
    }


def _month(column: str) -> Rule:
    """The validation of a month: a date, or year and month as text."""
    return {
        "validate": "custom",
        "value": f'=OR(ISNUMBER({column}2),AND(LEN({column}2)=7,MID({column}2,5,1)="-"))',
        **_stop("Ingen månad", "Skriv år och månad, som 2027-01."),
    }


def _unique(column: str) -> Rule:
    return {
        "validate": "custom",
        "value": f"=COUNTIF(${column}$2:${column}${LAST_ROW},${column}2)=1",
        **_ask("Finns redan", "En annan rad har samma id. Varje rad behöver ett eget."),
    }


def _reference(kind: Reference) -> Rule:
    offered = {"validate": "list", "source": f"={list_name(kind.table)}"}
    if kind.several:
        # No alert: Excel would ask about every cell with more than one id in it.
        return {
            **offered,
            "show_error": False,
            "input_title": "En eller flera",
            "input_message": "Välj i listan, eller skriv flera med komma emellan.",
        }
    return {**offered, **_ask("Okänt id", f"Id:t finns inte på bladet {kind.table}. Lägg till det där.")}


_ALWAYS_THE_SAME: Mapping[type[Kind], Rule] = {
    Day: {
        "validate": "date",
        "criteria": "between",
        "minimum": _FIRST_DAY,
        "maximum": _LAST_DAY,
        **_stop("Inget datum", "Skriv datumet som 2026-08-24."),
    },
    Clock: {
        "validate": "time",
        "criteria": "between",
        "minimum": time(0, 0),
        "maximum": time(23, 59),
        **_stop("Inget klockslag", "Skriv klockslaget som 09:00."),
    },
    YesNo: _listed(("ja", "nej"), _stop("Varken ja eller nej", "Välj ja eller nej, eller lämna cellen tom.")),
    SessionReference: {
        "validate": "list",
        "source": f"={list_name('tillfällen')}",
        "show_error": False,
        "input_title": "Tillfälle",
        "input_message": (
            "Skriv omgång och moment med bindestreck emellan, till exempel CI-1-1. "
            "Har tillfället ett eget id på bladet tillfällen kan du välja det i listan."
        ),
    },
}
