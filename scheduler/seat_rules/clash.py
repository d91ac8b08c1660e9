"""Rule 8 ``krock``, as far as it closes a seat by itself: a round whose own meetings overlap can be attended by nobody."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from models.problem import Session


def overlap(one: Session, other: Session) -> bool:
    """Half-open: 12:00 and 12:00 touch, they do not overlap."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def within(sessions: Sequence[Session]) -> bool:
    """Two of the meetings of one offer, given in order of start, overlap."""
    return any(later.starts_at < earlier.ends_at for earlier, later in itertools.pairwise(sessions))
