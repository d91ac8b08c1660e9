"""plan.json in one piece, for tests: the product writes it piece by piece."""

from __future__ import annotations

from models.plan import Plan
from outputs.plan_json import plan_parts


def plan_bytes(plan: Plan) -> bytes:
    return b"".join(plan_parts(plan))
