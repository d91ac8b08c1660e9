"""``dimensionering.json``: the findings for other programs (docs/spec/DIMENSION.md, "Output in UT")."""

from __future__ import annotations

import json
from collections.abc import Mapping

from models.dimensioning import CONFIDENCE, Choice, Dimensioning, Figures, GroupShare

SCHEMA = 1


def as_data(found: Dimensioning) -> Mapping[str, object]:
    """Shares and probabilities between 0 and 1; null for what was not reached."""
    known = found.as_known
    return {
        "schema": SCHEMA,
        "complete": found.complete,
        "choice": list(found.winner.chosen),
        "cost": found.winner.cost,
        "share": _share(found.winner.figures),
        "probability": _probability(found.winner.figures),
        "as_known": {"share": known.share, "probability": known.probability, "scenarios": known.scenarios}
        if known
        else None,
        "lower_bound": found.bound,
        "none_suffices": found.impossible,
        "confidence": None if found.bound is None else CONFIDENCE,
        "sufficient": found.sufficient,
        "by_rounds": [_row(choice) for choice in found.by_rounds],
        "by_programme": [_group("programme", group) for group in found.by_programme],
        "by_organisation": [_group("organisation", group) for group in found.by_organisation],
        "by_month": [
            {"month": f"{one.month:%Y-%m}", "on_time": one.on_time, "counted": one.counted} for one in found.by_month
        ],
        "seats": [
            {"round": one.round, "seats": one.seats, "used": one.used, "used_at_most": one.used_at_most}
            for one in found.seats
        ],
        "scenarios": {
            "chosen_on": found.chosen_on,
            "tried_on": found.tried_on,
            "evaluated_on": found.winner.figures.scenarios if found.winner.figures else 0,
            "proven_on": found.proven_on,
            "unproven": found.winner.figures.unproven if found.winner.figures else 0,
        },
        "goal": {"share": found.goal, "probability": found.wanted},
        "expected": found.expected,
        "expected_outside": found.outside,
        "seed": found.seed,
    }


def json_bytes(found: Dimensioning) -> bytes:
    """The file."""
    return (json.dumps(as_data(found), ensure_ascii=False, indent=1) + "\n").encode()


def _share(figures: Figures | None) -> Mapping[str, float | None]:
    if figures is None:
        return {"mean": None, "low": None, "high": None}
    return {"mean": figures.share, "low": figures.share_low, "high": figures.share_high}


def _probability(figures: Figures | None) -> Mapping[str, float | None]:
    if figures is None:
        return {"value": None, "low": None, "high": None}
    return {"value": figures.probability, "low": figures.probability_low, "high": figures.probability_high}


def _row(choice: Choice) -> Mapping[str, object]:
    figures = choice.figures
    return {
        "rounds": len(choice.chosen),
        "cost": choice.cost,
        "choice": list(choice.chosen),
        "share": figures.share if figures else None,
        "probability": figures.probability if figures else None,
        "scenarios": figures.scenarios if figures else 0,
        "difference": choice.beside_winner.model_dump() if choice.beside_winner else None,
    }


def _group(kind: str, group: GroupShare) -> Mapping[str, object]:
    return {kind: group.id, "share": group.share, "years": group.years}
