"""What the examples' READMEs and the handbook say of the two dimensionings is what the runs found.

``tests/data/dimensionering-….json`` are the answers to ``terminsplan dimensionera examples/…/csv -o svar``, stored
since a run takes minutes: whoever changes what is found runs both anew, and tells the new figures.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from outputs.dimensioning.words import percent, within
from outputs.words import whole

HOUSE = Path(__file__).parents[2]
ROW = re.compile(r"\| (\d+) \| ([\d,]+ %) \| ([\d ]+) av ([\d ]+?)(?: \(([^)]+)\))? \|$", re.MULTILINE)
TOLD = {
    "dimensionering-2014": {"examples/dimensionering-2014/README.md": [7, 8, 9, 10]},
    "dimensionering-2024": {"examples/dimensionering-2024/README.md": [6, 7, 8, 10], "docs/handbok.md": [6, 8, 10]},
}
PLACES = [(name, place, rounds) for name, places in TOLD.items() for place, rounds in places.items()]


def found(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((HOUSE / "tests" / "data" / f"{name}.json").read_text("utf-8"))
    return data


def plain(text: str) -> str:
    """As one types it, with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("name", "place", "rounds"), PLACES)
def test_each_row_of_fewer_and_more_rounds_is_as_found(name: str, place: str, rounds: list[int]) -> None:
    rows = ROW.findall((HOUSE / place).read_text("utf-8"))
    by_rounds = {one["rounds"]: one for one in found(name)["by_rounds"]}
    assert [int(row[0]) for row in rows] == rounds
    for number, share, good, of, _ in rows:
        one = by_rounds[int(number)]
        assert share == plain(percent(one["share"]))
        assert (good, of) == (
            plain(whole(round(one["probability"] * one["scenarios"]))),
            plain(whole(one["scenarios"])),
        )


@pytest.mark.parametrize("name", TOLD)
def test_the_answer_its_proof_and_how_sure_it_is_are_as_found(name: str) -> None:
    answer = found(name)
    text = (HOUSE / "examples" / name / "README.md").read_text("utf-8")
    assert answer["complete"]
    assert answer["sufficient"]
    assert answer["lower_bound"] == answer["cost"]
    assert (answer["confidence"], answer["scenarios"]["evaluated_on"], answer["seed"]) == (95, 1000, 1)
    (told,) = [row for row in ROW.findall(text) if row[4]]
    probability = answer["probability"]
    assert (int(told[0]), told[4]) == (answer["cost"], plain(within(probability["low"], probability["high"])))
    known = answer["as_known"]
    assert f"i {round(known['probability'] * known['scenarios'])} av {known['scenarios']} år" in text
