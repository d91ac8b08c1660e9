"""One idea, one id: the registers of rules and levels, the independent check and the tests cover the same ones."""

import re
from pathlib import Path

import scheduler.levels
import scheduler.rules
import scheduler.seat_rules
from models.ids import Level, Rule
from scheduler.levels import LEVELS as MODELLED
from scheduler.rules import POSTED
from scheduler.seat_rules import SEAT_RULES
from scheduler.verify.levels import LEVELS
from tests.scheduler.build import HARD_RULES

TESTS = Path(__file__).parent
SCHEDULER = Path(scheduler.rules.__file__).parents[1]


def modules_of(package: Path) -> dict[str, str]:
    """The text of each module by its name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in package.glob("*.py") if path.stem != "__init__"}


def id_in_docstring(text: str) -> str:
    """The id that the first line names, as ``Rule 1 ``platser``: ...`` does."""
    found = re.search(r"``([^`]+)``", text.partition("\n")[0])
    assert found, text.partition("\n")[0]
    return found.group(1)


def test_hard_rules_have_a_number_and_a_file_and_mere_reasons_have_neither() -> None:
    assert {rule for rule in Rule if rule.number is not None} == HARD_RULES
    assert {rule for rule in Rule if rule.file is not None} == HARD_RULES


def test_the_file_that_a_rule_names_speaks_of_it_with_its_number() -> None:
    for rule in HARD_RULES:
        text = (SCHEDULER / f"{rule.file}.py").read_text(encoding="utf-8")
        assert text.startswith(f'"""Rule {rule.number} ``{rule}``'), rule.file


def test_rules_of_seats_stand_in_the_order_of_reasons_and_rows_in_the_order_of_the_specification() -> None:
    order = list(Rule)
    assert [row.rule for row in SEAT_RULES] == sorted((row.rule for row in SEAT_RULES), key=order.index)
    numbers = [rule.number or 0 for rule, _ in POSTED]
    assert numbers == sorted(numbers)


def test_every_hard_rule_is_asked_of_single_seats_or_posted_as_rows_and_none_is_both() -> None:
    posted = [rule for rule, _ in POSTED]
    single = {row.rule for row in SEAT_RULES}
    assert len(posted) == len(set(posted))
    assert set(posted) | single == HARD_RULES
    assert set(posted) & single == set()


def test_every_hard_rule_has_a_file_and_every_file_a_rule() -> None:
    seats, rows = (
        modules_of(Path(str(package.__file__)).parent) for package in (scheduler.seat_rules, scheduler.rules)
    )
    assert sorted(map(id_in_docstring, rows.values())) == sorted(rule for rule, _ in POSTED)
    closing = sorted(map(id_in_docstring, seats.values()))
    assert closing == sorted({*(row.rule for row in SEAT_RULES), *TOLD_TWICE})


TOLD_TWICE = {Rule.CLASH, Rule.SHARED}
"""Rules that close some seats by themselves and others only beside what else is booked."""


def test_every_rule_file_has_its_test() -> None:
    packages = (scheduler.seat_rules, scheduler.rules)
    modules = {
        name: text for package in packages for name, text in modules_of(Path(str(package.__file__)).parent).items()
    }
    tests = modules_of(TESTS / "rules")
    assert {f"test_{name}": id_in_docstring(text) for name, text in modules.items()} == {
        name: id_in_docstring(text) for name, text in tests.items()
    }


def test_the_levels_stand_in_the_order_of_the_specification_in_solver_and_check() -> None:
    assert list(MODELLED) == list(Level)
    assert list(LEVELS) == list(Level)


def test_every_level_has_a_file_of_its_name_and_a_test() -> None:
    modules, tests = modules_of(Path(scheduler.levels.__file__).parent), modules_of(TESTS / "levels")
    assert {name: id_in_docstring(text) for name, text in modules.items()} == {level: level for level in Level}
    assert {name: id_in_docstring(text) for name, text in tests.items()} == {f"test_{level}": level for level in Level}
