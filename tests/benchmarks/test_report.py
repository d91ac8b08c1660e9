"""The page of results names the terms that are worst, level by level."""

from __future__ import annotations

from typing import Any

from benchmarks import report


def _term(size: str, seed: int | str, seconds: float, staffing: tuple[int, int]) -> dict[str, Any]:
    value, bound = staffing
    levels = [
        {"name": "on_time", "value": 3, "bound": 3, "proven": True, "seconds": 0.0},
        {"name": "missing", "value": 0, "bound": 0, "proven": True, "seconds": 0.0},
        {"name": "staffing", "value": value, "bound": bound, "proven": value == bound, "seconds": seconds},
    ]
    plan: dict[str, Any] = {
        "total_seconds": seconds + 2,
        "cpu_seconds": seconds,
        "peak_mb": 100,
        "ending": "found",
        "seconds": {"read": 0.1, "solve": seconds, "verify": 0.1},
        "phases": {"build": 0.1, "levels": seconds, "explain": 0.1},
        "levels": levels,
        "hires_in_time": 50.0,
        "files": 3,
    }
    return {"size": size, "seed": seed, "limit": 60, "hires": 10, "rounds": 5, "plan": plan, "hand": {}}


MACHINE = {"cores": 2, "processor": "x", "system": "L", "memory_gb": 1, "python": "3", "ortools": "9", "load_before": 0}
PAGE = report.markdown(
    {
        "machine": MACHINE,
        "terms": [
            _term("city", 1, 2.0, (52, 52)),
            _term("varied-city", 4, 40.0, (60, 30)),
            _term("given", "city-9", 1.0, (8, 8)),
            _term("region", 1, 90.0, (100, 80)),
        ],
        "itc2019": [],
    }
)


def test_cities_of_all_kinds_are_held_to_one_goal_which_names_those_not_proven_and_the_slowest() -> None:
    assert "| city: all levels proven | 2 of 3, not varied-city 4 | **no** |" in PAGE
    assert "| 2.0 and 40.0 (varied-city 4) | **no** |" in PAGE


def test_a_level_of_a_region_is_held_to_its_own_distance() -> None:
    assert "| region: `staffing` within 15% of its bound | 0 of 1; worst 20.0% (region 1) | **no** |" in PAGE


def test_the_gaps_are_told_level_by_level_with_the_worst_term() -> None:
    assert "| varied-city | `staffing` | 0 of 1 | 50.0% | 50.0% | varied-city 4: 60 / 30 |" in PAGE
    assert "| given | `staffing` | 1 of 1 | 0.0% | 0.0% |  |" in PAGE
