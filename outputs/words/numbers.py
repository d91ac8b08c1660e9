"""Numbers, shares and lists in running Swedish text."""

from __future__ import annotations

from collections.abc import Iterable


def listed(items: Iterable[str]) -> str:
    """``a, b och c``."""
    words = list(items)
    return " och ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")


def count(number: int, one: str, many: str) -> str:
    """``1 plats``, ``12 platser``, ``1 200 platser`` (with a space that does not break)."""
    return f"{whole(number)} {one if number == 1 else many}"


def whole(number: int) -> str:
    """``1 200``: thousands apart, as Swedish writes them."""
    return f"{number:,}".replace(",", "\u00a0")


def decimal(number: float) -> str:
    """``2,5``, and ``3`` where it is whole."""
    return f"{number:g}".replace(".", ",")


def percent(part: int, of: int) -> str:
    """``96 %``; never 100 unless all, never 0 unless none; a dash of nothing."""
    if not of:
        return "–"
    rounded = round(100 * part / of)
    if rounded == 100 and part < of:
        rounded = 99
    if rounded == 0 and part:
        rounded = 1
    return f"{rounded}\u00a0%"


def permille(value: int) -> str:
    """``14,3 %`` from 143 of a thousand."""
    return f"{value // 10},{value % 10}\u00a0%"


def duration(minutes: int) -> str:
    """``45 minuter``, ``1 timme``, ``1,5 timmar``: hours and their decimals from one hour on."""
    if minutes < 60:
        return count(minutes, "minut", "minuter")
    hours = f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{hours} {'timme' if minutes == 60 else 'timmar'}"
