"""A test that leaves otherwise what others stand on fails itself, and not one of those after it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.left_behind import process_state
from tests.run_apart import said_of

PROCESS = """
import logging, os, signal
from models import ids

def test_leaves_a_variable(): os.environ["ODD"] = "1"
def test_leaves_a_folder(): os.chdir("..")
def test_leaves_a_signal(): signal.signal(signal.SIGTERM, signal.SIG_IGN)
def test_leaves_a_level(): logging.getLogger("terminsplan").setLevel(50)
def test_sets_all_of_it_back(monkeypatch):
    monkeypatch.setenv("ODD", "2")
    monkeypatch.chdir("..")
    monkeypatch.setattr(ids, "Rule", None)
"""
HOUSE = """
from models import ids

def test_another_rule(): ids.Rule = None
def test_stands_on_it(): assert ids.Rule is None
"""


def test_what_a_test_leaves_changed_in_the_process_is_its_own_fault(tmp_path: Path) -> None:
    said = said_of(PROCESS, tmp_path)
    blamed = [line.split("ERROR at teardown of ")[1].strip(" _") for line in said.splitlines() if "ERROR at" in line]
    assert blamed == ["test_leaves_a_variable", "test_leaves_a_folder", "test_leaves_a_signal", "test_leaves_a_level"]
    for what in ("environment (ODD)", "working directory", "who hears signals", "logging"):
        assert f"leaves to others what it found otherwise: {what}\n" in said


def test_what_a_file_leaves_changed_in_the_house_is_found_at_its_end(tmp_path: Path) -> None:
    said = said_of(HOUSE, tmp_path)
    assert "ERROR at teardown of test_stands_on_it" in said
    assert "leaves to others what it found otherwise: models.ids.Rule" in said
    assert "2 passed, 1 error" in said


def test_a_connection_that_is_told_another_way_to_begin_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Connection:
        alias, connection, transaction_mode = "default", object(), "IMMEDIATE"

    class Connections:
        @staticmethod
        def all(*, initialized_only: bool) -> list[type[Connection]]:
            return [Connection]

    class Django:
        connections = Connections

    monkeypatch.setitem(sys.modules, "django.db", Django)
    monkeypatch.setattr("tests.left_behind.django_ready", lambda: (True, True))
    before = process_state()
    monkeypatch.setattr(Connection, "transaction_mode", "DEFERRED")
    after = process_state()
    name = "transaction_mode of Django's connection default"
    assert (before[name], after[name]) == ("IMMEDIATE", "DEFERRED")
