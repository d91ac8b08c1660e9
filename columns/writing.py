"""From a value of the models to the cell that says it: the way back of what the readers do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from columns.kinds import (
    Cell,
    Column,
    HalfSteps,
    Hours,
    Kind,
    Month,
    Number,
    PartReference,
    Reference,
    Setting,
    Table,
    Text,
    Weekdays,
    Words,
    YesNo,
)
from models.problem import ListedSettings, Part

YES, NO = "ja", "nej"
_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")


def row_of(table: Table, item: object) -> Mapping[str, Cell]:
    """What stands in the columns of a row that says the item; what a blank cell says as well is None."""
    return {column.name: written(column, getattr(item, column.field)) for column in table.columns}


def written(column: Column, value: object) -> Cell:
    """The cell of a column, None where a blank one says the same."""
    if value == column.default and not (column.required or column.stated):
        return None
    return cell_of(column.kind, value)


def default_of(setting: Setting) -> Cell:
    """The default as it stands in the sheet from the start; None where it is no value that one could write."""
    value = ListedSettings.model_fields[setting.field].default
    return cell_of(setting.kind, value) or None


def cell_of(kind: Kind, value: object) -> Cell:  # noqa: PLR0911  # one return a kind
    """The value as one writes it in a cell of this kind."""
    if value is None:
        return None
    match kind:
        case YesNo():
            return YES if value else NO
        case Words(words, meanings):
            return words[meanings.index(value)]
        case Weekdays():
            return _weekdays(_whole_numbers(value))
        case PartReference():
            return _listed(map(part_text, _items(value)))
        case Hours():
            return _hours(value)
        case HalfSteps() | Number():
            return _shortest(value)
        case Month():
            assert isinstance(value, date)
            return f"{value:%Y-%m}"
        case Reference(several=True) | Text(several=True):
            return _listed(map(str, _items(value)))
    return _plain(value)


def shown(value: object) -> str:
    """A cell's value as one writes it; nothing for a blank one."""
    match value:
        case None:
            return ""
        case time():
            return f"{value:%H:%M}"
        case float():
            return f"{value:.9f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


def part_text(part: object) -> str:
    """``CI`` for a whole programme, ``CI:1`` for one of its modules."""
    assert isinstance(part, Part)
    return part.programme if part.module is None else f"{part.programme}:{part.module}"


def _hours(minutes: object) -> Cell:
    """Hours with so few decimals as are read as these minutes again, whether a rest is rounded or dropped."""
    assert isinstance(minutes, int)
    for unit in (1, 10, 100, 1000):
        units = -(-minutes * unit // 60)
        if units * 120 < (2 * minutes + 1) * unit:
            return _shortest(units / unit)
    raise AssertionError("three decimals tell every minute")


def _shortest(number: object) -> Cell:
    """A whole number without decimals."""
    assert isinstance(number, int | float)
    return int(number) if number == int(number) else number


def _plain(value: object) -> Cell:
    assert isinstance(value, str | int | date | time)
    return value


def _items(value: object) -> Sequence[object]:
    assert isinstance(value, tuple)
    return value


def _whole_numbers(value: object) -> Sequence[int]:
    return [number for number in _items(value) if isinstance(number, int)]


def _listed(words: Iterable[str]) -> str:
    """A list in one cell. That of no items at all is not blank: it replaces a rule."""
    return ", ".join(words) or ","


def _weekdays(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{_WEEKDAYS[first - 1]}-{_WEEKDAYS[last - 1]}"
    return ", ".join(_WEEKDAYS[number - 1] for number in numbers)
