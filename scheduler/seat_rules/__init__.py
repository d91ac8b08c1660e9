"""The rules of MODEL.md that close a seat to a hire by themselves,
one module each; models/ids.py lists them in the order of reasons.

Each module declares a ``RULE``. ``clash`` and ``shared`` close a meeting or a round to everybody, whoever asks: they
look at no hire and are asked by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from importlib import import_module

from models.ids import Rule
from models.problem import Absence, Hire
from scheduler.situation.seat_rule import SeatRule

PACKAGE = "seat_rules"


SEAT_RULES: tuple[SeatRule, ...] = tuple(
    import_module(f"scheduler.{rule.file.replace('/', '.')}").RULE
    for rule in Rule
    if rule.file and rule.file.startswith(f"{PACKAGE}/")
)


def likeness(rules: Iterable[SeatRule]) -> Callable[[Hire, Sequence[Absence], Collection[str]], Hashable]:
    """A key of a hire, her absences and her barred rounds that
    is equal for two only if these rules can see no difference.
    """
    reads = sorted({name for rule in rules for name in rule.reads})
    fields = [name.removeprefix("hire.") for name in reads if name.startswith("hire.")]
    with_absences, with_barred = "absences" in reads, "barred" in reads

    def key(hire: Hire, absences: Sequence[Absence], barred: Collection[str]) -> Hashable:
        away = tuple((row.first, row.last) for row in absences) if with_absences else ()
        return *(getattr(hire, name) for name in fields), away, frozenset(barred) if with_barred else ()

    return key
