"""Seats and changes as letters tell of them: one wording for a hire and for whoever has people of her own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from models.change import Change, ChangeKind, PlanDiff
from models.plan import Booking
from models.problem import TermProblem
from outputs import words
from outputs.change_groups import Group, by_cause, in_order_of_names
from outputs.letters.body import Item, Section

TITLES = {
    ChangeKind.CANCELLED: "Inställt",
    ChangeKind.MOVED: "Flyttat",
    ChangeKind.NEW: "Nytt",
    ChangeKind.DETAILS: "Ändrat",
}
"""In the order in which one wants to know."""
COUNTED = {
    ChangeKind.CANCELLED: ("inställt", "inställda"),
    ChangeKind.MOVED: ("flyttat", "flyttade"),
    ChangeKind.NEW: ("nytt", "nya"),
    ChangeKind.DETAILS: ("ändrat", "ändrade"),
}


_LEFT = "Enligt våra uppgifter ska du inte längre gå introduktionen. Stämmer det inte: hör av dig."


def when(booking: Booking) -> str:
    """``tis 15 sep 2026 kl. 09:00–16:00``."""
    return f"{words.day(booking.start.date())} kl. {words.time_span(booking.start, booking.end)}"


def what(problem: TermProblem, booking: Booking | Change) -> str:
    """``Central introduktion: Staden och uppdraget``; no number, which a person may take for an order."""
    programme = problem.programme_by_id.get(booking.programme)
    if programme is None:
        return booking.programme
    module = next((m.name for m in programme.modules if m.number == booking.module), "")
    return f"{programme.name}: {module}" if module and module != programme.name else programme.name


def where(booking: Booking) -> str:
    """Place, room, trainers and round, each as far as it is known."""
    place = ", ".join(part for part in (booking.place, booking.room) if part)
    trainers = f"Utbildare: {words.listed(booking.trainers)}" if booking.trainers else ""
    return " ".join(words.sentence(part) for part in (place, trainers, f"Omgång {booking.round}") if part)


def seat(problem: TermProblem, booking: Booking) -> Item:
    """A seat with all that one needs to come."""
    return Item(when(booking), (what(problem, booking), where(booking)))


def changes(problem: TermProblem, rows: Iterable[Change]) -> Iterator[Section]:
    """What is another for one person, by kind; seats that are
    another for one and the same cause together, with it above them.
    """
    found: dict[tuple[ChangeKind, str], list[Change]] = {}
    for row in rows:
        found.setdefault((row.kind, _cause(problem, row)), []).append(row)
    for kind, title in TITLES.items():
        heading = title
        for cause in (cause for known, cause in found if known is kind):
            items = tuple(_change(problem, row) for row in sorted(found[kind, cause], key=_begins))
            yield Section(heading, items, (cause,) if cause else ())
            heading = ""


def _cause(problem: TermProblem, row: Change) -> str:
    """Why, as one may say it to the person herself."""
    return words.change_cause(row, None, problem) if row.hire in problem.hire_by_id else _LEFT


def _begins(row: Change) -> tuple[datetime, str]:
    booking = row.after or row.before
    assert booking is not None
    return booking.start, booking.session


def _change(problem: TermProblem, row: Change) -> Item:
    """What a seat was and what it is; all about a new one stands among her sessions."""
    head = what(problem, row)
    if row.before is not None and row.after is not None:
        if row.kind is ChangeKind.DETAILS:
            return Item(head, (f"{when(row.after)}.", words.sentence(words.details_changed(row))))
        return Item(head, (f"Förut: {when(row.before)}.", f"Nu: {when(row.after)}.", where(row.after)))
    if row.after is not None:
        return Item(head, (f"{when(row.after)}.",))
    assert row.before is not None
    return Item(head, (f"{when(row.before)}, omgång {row.before.round}, är inte längre din plats.",))


def team_changes(
    problem: TermProblem, diff: PlanDiff, names: Mapping[str, str], described: Callable[[str], str]
) -> Iterator[Section]:
    """What is another for people of somebody's: under each cause, by name, a programme's seats in one."""
    heading = "Ändrat"
    for cause, groups in by_cause(diff, lambda group: words.change_cause(group.first, None, problem)).items():
        order = {hire: n for n, hire in enumerate(in_order_of_names({g.hire for g in groups}, names))}
        items = (_group(problem, group, described) for group in sorted(groups, key=lambda group: order[group.hire]))
        yield Section(heading, tuple(items), (cause,) if cause else ())
        heading = ""


def _group(problem: TermProblem, group: Group, described: Callable[[str], str]) -> Item:
    programme = words.module_name(problem, group.programme, None)
    head = f"{described(group.hire)}: {TITLES[group.kind].lower()}, {programme}"
    if group.kind is ChangeKind.DETAILS:
        details = dict.fromkeys(words.sentence(words.details_changed(change)) for change in group.changes)
        return Item(head, (_days(group.after, [c.after for c in group.changes]), *details))
    before = _days(group.before, [c.before for c in group.changes])
    after = _days(group.after, [c.after for c in group.changes])
    labelled = (("Förut: ", before), ("Nu: ", after)) if before and after else (("", before), ("", after))
    return Item(head, tuple(f"{label}{text}" for label, text in labelled if text))


def _days(round_: str | None, bookings: Iterable[Booking | None]) -> str:
    days = dict.fromkeys(words.short_day(b.start.date()) for b in bookings if b is not None)
    return f"{round_}: {words.listed(days)}" if days else ""


def counted(rows_: Iterable[Change]) -> str:
    """``1 flyttat, 2 nya``; empty without changes."""
    rows = list(rows_)
    numbers = ((kind, sum(row.kind is kind for row in rows)) for kind in TITLES)
    return ", ".join(words.count(number, *COUNTED[kind]) for kind, number in numbers if number)
