"""How a level is solved: what its file declares, and what the search reads without knowing the level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Solving:
    """How one level is solved among the others.

    ``share`` is its part of the time that is left, against the shares of the levels that are left; what it leaves over
    goes to the next ones. ``sum_over_requirements``: its value is a sum of what each requirement costs. ``from_below``:
    it is proven quicker from its bound upwards, once there is a plan, for such a search finds none by itself.
    ``with_level_above``: one goal is made of it and the level above it (``scheduler.search.bundles``); how such a
    bundle is solved is what its first level declares: ``ties_by_days``, in which models level ``days``
    breaks its ties, and ``way``, a name of ``scheduler.solvers.mip.Way``.
    """

    share: int
    sum_over_requirements: bool = False
    from_below: bool = False
    with_level_above: bool = False
    ties_by_days: Literal["NONE", "LARGE", "ALL"] = "NONE"
    way: Literal["AT_ONCE", "BRANCHED"] = "AT_ONCE"
