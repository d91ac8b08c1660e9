"""The line that one watches while the solver works."""

import io

import pytest
from rich.console import Console

from models.ids import Level
from scheduler.search.progress import Progress
from terminsplan.progress import in_words, shown
from terminsplan.terminal import Terminal


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Progress(Level.ON_TIME, 1, 9, None, None, 0.1), "Inte klara i tid: söker"),
        (Progress(Level.ON_TIME, 1, 9, 30, None, 0.1), "Inte klara i tid: värde 30"),
        (
            Progress(Level.ON_TIME, 1, 9, 30, 20, 0.1),
            "Inte klara i tid: värde 30, lägst möjligt 20, avstånd 33,3\u00a0%",
        ),
        (
            Progress(Level.EQUITY, 4, 9, 143, 143, 0.1),
            "Likvärdighet: värde 14,3\u00a0%, lägst möjligt 14,3\u00a0%, avstånd 0,0\u00a0%",
        ),
        (Progress(Level.ON_TIME, 1, 9, 30, None, 0.1, (2, 6)), "2 av 6 delar klara, Inte klara i tid: värde 30"),
        (Progress(None, 9, 9, None, None, 0.1), "Prövar vad som skulle hjälpa"),
    ],
)
def test_level_value_bound_and_gap_are_said(step: Progress, words: str) -> None:
    assert in_words(step) == words


def test_on_a_terminal_the_line_is_drawn_and_taken_away() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80)
    with shown(console, quiet=False) as tell:
        tell(Progress(Level.ON_TIME, 1, 9, 30, 20, 0.1))
        tell(Progress(Level.DAYS, 9, 9, 30, 20, 0.2))
    assert "8/9" in screen.getvalue()


@pytest.mark.parametrize(("terminal", "quiet"), [(False, False), (True, True)])
def test_otherwise_nothing_is_drawn(terminal: bool, quiet: bool) -> None:
    screen = io.StringIO()
    with shown(Console(file=screen, force_terminal=terminal, width=80), quiet=quiet) as tell:
        tell(Progress(Level.ON_TIME, 1, 9, 30, 20, 0.1))
    assert screen.getvalue() == ""


def test_while_files_are_written_their_number_is_drawn_and_a_stop_is_told_that_they_are() -> None:
    screen, terminal = io.StringIO(), Terminal()
    terminal.err = Console(file=screen, force_terminal=True, width=100)
    terminal.heard_stop()
    assert "Avbryter och sparar det bästa hittills. Ctrl-C en gång till avslutar utan att spara." in screen.getvalue()
    with terminal.writing() as told:
        files = told(iter(("one", "two", "three")))
        assert [next(files), next(files)] == ["one", "two"]
        terminal.heard_stop()
        assert list(files) == ["three"]
    assert "Det som är funnet skrivs just nu. Ctrl-C en gång till avslutar utan att spara." in screen.getvalue()
    assert "2/?" in screen.getvalue()
    assert "Skriver filerna" in screen.getvalue()


def test_beside_a_pipe_nothing_is_drawn_of_the_files() -> None:
    screen, terminal = io.StringIO(), Terminal()
    terminal.err = Console(file=screen, width=100)
    with terminal.writing() as told:
        assert list(told(iter(("one", "two")))) == ["one", "two"]
    assert screen.getvalue() == ""
