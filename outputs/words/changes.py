"""What happened to a seat between two plans, and why."""

from __future__ import annotations

from models.change import Change, ChangeKind
from outputs.words.labels import RULES
from outputs.words.levels import LEVEL_COSTS

CHANGE_KINDS = {
    ChangeKind.NEW: "Ny plats",
    ChangeKind.MOVED: "Flyttad",
    ChangeKind.DETAILS: "Ändrad",
    ChangeKind.CANCELLED: "Inställd",
}


def change_cause(change: Change) -> str:
    """Why a published seat is another now; empty for a new seat or a changed detail."""
    if change.forced_by is not None:
        return f"Den gamla platsen gick inte längre: {RULES[change.forced_by]}."
    if change.given_up_for is not None:
        return f"Den gamla platsen lämnades; annars skulle det bli så att {LEVEL_COSTS[change.given_up_for]}."
    return ""
