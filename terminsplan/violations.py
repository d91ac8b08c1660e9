"""What the independent check found, on the screen and for ``--json``."""

from __future__ import annotations

from scheduler.verify import Violation

_MOST_SHOWN = 20


def told(violations: tuple[Violation, ...]) -> tuple[str, ...]:
    """The first violations, one a line, and how many more there are."""
    lines = [f"{v.rule or 'plan'}: {v.message}" for v in violations[:_MOST_SHOWN]]
    more = len(violations) - _MOST_SHOWN
    return (*lines, f"… och {more} till") if more > 0 else tuple(lines)


def as_data(violations: tuple[Violation, ...]) -> list[dict[str, str | None]]:
    """Violations for ``--json``."""
    return [
        {"rule": v.rule, "hire": v.hire, "round": v.round, "session": v.session, "message": v.message}
        for v in violations
    ]
