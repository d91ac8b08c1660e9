"""Shares side by side as a drawing: a point each, and a line for how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 620, 14, 200
GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class SureShare:
    """A share between 0 and 1 that truly lies between ``low`` and
    ``high``; ``label`` stands at the point, ``name`` below it.
    """

    name: str
    share: float
    low: float
    high: float
    label: str
    told: str


@dataclass(frozen=True)
class Point:
    """A share as places in the drawing, with its words."""

    across: float
    at: float
    low: float
    high: float
    name: str
    label: str
    told: str


def points(shares: Sequence[SureShare]) -> tuple[Point, ...]:
    """The points, from left to right."""
    step = (RIGHT - LEFT) / max(1, len(shares))
    return tuple(
        Point(
            across=round(LEFT + step * (number + 0.5), 1),
            at=up(100 * one.share),
            low=up(100 * one.low),
            high=up(100 * one.high),
            name=one.name,
            label=one.label,
            told=one.told,
        )
        for number, one in enumerate(shares)
    )


def up(percent: float) -> float:
    """The vertical place of a percentage."""
    return round(BOTTOM - (BOTTOM - TOP) * percent / 100, 1)
