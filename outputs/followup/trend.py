"""The trend as a drawing: a point a term of start, and a line for how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from outputs.followup.figures import FollowUp
from outputs.followup.words import percent, within

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 620, 14, 214
GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Point:
    """A term's share with its uncertainty, as places in the drawing and in words."""

    across: float
    at: float
    low: float
    high: float
    term: str
    label: str
    told: str


def points(found: FollowUp) -> tuple[Point, ...]:
    """Terms that are shown, from left to right."""
    shown = [(g.names[0], g.share) for g in found.start_terms if g.share is not None and g.share.counted]
    step = (RIGHT - LEFT) / max(1, len(shown))
    made = []
    for number, (term, share) in enumerate(shown):
        interval = share.sure_within
        assert interval is not None
        assert share.share is not None
        made.append(
            Point(
                across=round(LEFT + step * (number + 0.5), 1),
                at=up(100 * share.share),
                low=up(100 * interval.low),
                high=up(100 * interval.high),
                term=term,
                label=percent(share.share),
                told=f"{term}: {percent(share.share)}, osäkerhet {within(interval)}, {share.people} personer",
            )
        )
    return tuple(made)


def up(share: float) -> float:
    """How high a percentage lies."""
    return round(BOTTOM - (BOTTOM - TOP) * share / 100, 1)
