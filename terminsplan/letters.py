"""What letters are made of, from stored plans: a plan, and what is
another in it since an earlier one of its chain, with the causes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outputs.letters.sending import Sending
from scheduler.answers.differences import UNKNOWN, Cause, SeatKey, diff
from terminsplan.store import Stored


def sending_of(stored: Stored, earlier: Stored | None = None, steps: Sequence[Stored] = ()) -> Sending:
    """All of the plan; with an earlier one what differs since.
    ``steps`` are the plans after it up to the later one, in order.
    """
    if earlier is None:
        return Sending(stored.problem, stored.plan)
    left = (hire for hire in earlier.problem.hires if hire.id not in stored.problem.hire_by_id)
    changes = diff(earlier.plan, stored.plan, _causes(steps), left)
    return Sending(stored.problem, stored.plan, changes, earlier.problem, earlier.plan)


def _causes(steps: Sequence[Stored]) -> Mapping[SeatKey, Cause]:
    """Why each seat is another, by the last plan on the way that gave or took it."""
    found: dict[SeatKey, Cause] = {}
    for step in steps:
        for change in step.changes.changes if step.changes else ():
            key = (change.hire, change.programme, change.module, change.meeting)
            cause = Cause(change.forced_by, change.given_up_for, change.in_favour_of, change.unneeded)
            if cause != UNKNOWN:
                found[key] = cause
    return found
