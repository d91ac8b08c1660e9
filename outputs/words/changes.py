"""What happened to a seat between two plans, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.change import Change, ChangeKind
from models.ids import Rule
from models.plan import Booking
from outputs.words.dates import day, time_span
from outputs.words.labels import RULES
from outputs.words.levels import LEVEL_COSTS
from outputs.words.numbers import listed, sentence

CHANGE_KINDS = {
    ChangeKind.NEW: "Ny plats",
    ChangeKind.MOVED: "Flyttad",
    ChangeKind.DETAILS: "Ändrad",
    ChangeKind.CANCELLED: "Inställd",
}
# Where more is known than that the rule does not hold: the seat was there, and something happened since.
_FORCES = {
    Rule.CLOSED: "omgången eller ett tillfälle i den är inställt, eller inte längre öppet för förvaltningen",
    Rule.SEATS: "tillfället har fått färre platser än det hade deltagare",
}
_NAMED = 3


def change_cause(change: Change, names: Mapping[str, str] | None = None) -> str:
    """Why a published seat is another now; empty for a new seat or a changed detail.

    Who came in is named only with ``names``: that is for the coordinator, not for whoever reads of her own seat.
    """
    seat = "Den gamla platsen" if change.after else "Platsen"
    if change.forced_by is not None:
        return f"{seat} gick inte att behålla: {_FORCES.get(change.forced_by, RULES[change.forced_by])}."
    if change.given_up_for is None:
        return ""
    cause = f"{seat} lämnades; annars skulle det bli så att {LEVEL_COSTS[change.given_up_for]}."
    return f"{cause}{_newcomers(change, names)}" if names is not None else cause


def change_note(change: Change, names: Mapping[str, str] | None = None) -> str:
    """Why the seat is another, or what of it is: what stands beside the change in every list."""
    details = details_changed(change) if change.kind is ChangeKind.DETAILS else ""
    return sentence(details) if details else change_cause(change, names)


def details_changed(change: Change) -> str:
    """What is another of a seat that stays in its session: ``lokal: Sal 1 → Sal 2``."""
    if change.before is None or change.after is None:
        return ""
    return "; ".join(_differences(change.before, change.after))


def _newcomers(change: Change, names: Mapping[str, str]) -> str:
    if not change.in_favour_of:
        return ""
    named = [names.get(hire, hire) for hire in change.in_favour_of[:_NAMED]]
    more = len(change.in_favour_of) - _NAMED
    return f" Nya där: {listed([*named, f'{more} till'] if more > 0 else named)}."


def _differences(before: Booking, after: Booking) -> Iterator[str]:
    rows = (
        ("dag", day(before.start.date()), day(after.start.date())),
        ("tid", time_span(before.start, before.end), time_span(after.start, after.end)),
        ("plats", before.place, after.place),
        ("lokal", before.room, after.room),
        ("utbildare", listed(before.trainers), listed(after.trainers)),
    )
    for what, old, new in rows:
        if old != new:
            yield f"{what}: {old or 'ingen'} → {new or 'ingen'}"
