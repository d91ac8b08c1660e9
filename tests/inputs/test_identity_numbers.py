"""Personal identity numbers are refused, and repeated in no message. The numbers here are made for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inputs.identity_numbers import BARE, CERTAIN, found_in
from tests.inputs.example import add, errors, example, put, warnings

TODAY = date(2026, 9, 10)


def _with_check_digit(nine: str) -> str:
    doubled = [int(digit) * (2, 1)[place % 2] for place, digit in enumerate(nine)]
    return nine + str(-sum(number // 10 + number % 10 for number in doubled) % 10)


NUMBER = _with_check_digit("850417455")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{NUMBER[:6]}-{NUMBER[6:]}", CERTAIN),
        (f"Anna ({NUMBER[:6]}+{NUMBER[6:]})", CERTAIN),
        (f"19{NUMBER}", CERTAIN),
        (f"19{NUMBER[:6]}-{NUMBER[6:]}", CERTAIN),
        (NUMBER, BARE),
        (f"9{NUMBER}", None),
        (f"20{_with_check_digit('200101123')}", None),
        (NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), None),
        (_with_check_digit("850477455"), BARE),
        ("8513174550", None),
    ],
)
def test_a_number_is_known_by_date_check_digit_and_age(text: str, kind: str | None) -> None:
    assert found_in(text, TODAY) == kind


def test_no_message_repeats_it(tmp_path: Path) -> None:
    tables = add(put(example(), "nyanställda", 2, "id", NUMBER), "bokningar", f"19{NUMBER};CI-2-1")
    lines = errors(tmp_path, tables)
    assert lines and not any(NUMBER in line or NUMBER[6:] in line for line in lines)


def test_ten_bare_digits_elsewhere_are_a_warning(tmp_path: Path) -> None:
    assert warnings(tmp_path, put(example(), "nyanställda", 2, "enhet", NUMBER)) == [
        "nyanställda, rad 2, kolumn enhet: ser ut att innehålla ett personnummer; ta bort det om det är ett"
    ]
