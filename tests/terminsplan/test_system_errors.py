"""The operating system's own words never reach the user."""

from __future__ import annotations

import errno
import os

import pytest

from terminsplan.system_errors import told


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_english_shows_through(number: int) -> None:
    said = told(OSError(number, os.strerror(number)))
    assert said
    assert os.strerror(number) not in said


def test_an_error_that_nobody_knows_is_told_by_its_number() -> None:
    assert told(OSError(4711, "Strange")) == "operativsystemet svarade med fel nummer 4711"


def test_a_file_open_in_excel_is_told() -> None:
    error = OSError(errno.EACCES, "used by another process")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert "Excel" in told(error)
