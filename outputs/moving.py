"""What moving somebody by hand costs, for programs: what ``prova --json`` prints (OUTPUT.md, "Commands")."""

from __future__ import annotations

from collections.abc import Mapping

from models.moving import MoveOutcome, MovePrice


def as_data(price: MovePrice) -> Mapping[str, object]:
    """Both answers. ``moves`` are those of the others, a row for each module; rounds are ids, or None for no seat."""
    return {"alone": _outcome(price.alone), "best": _outcome(price.best)}


def _outcome(outcome: MoveOutcome) -> Mapping[str, object]:
    return {
        "possible": outcome.possible,
        "rule": outcome.obstacle.rule.value if outcome.obstacle else None,
        "levels": [level.model_dump(mode="json") for level in outcome.levels],
        "moves": [
            {
                "hire": move.hire,
                "programme": move.programme,
                "module": move.module,
                "from": move.before,
                "to": move.after,
            }
            for move in outcome.others
        ],
    }
