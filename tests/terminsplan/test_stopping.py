"""Ctrl-C: once for the best plan so far, twice for the way out."""

import signal
import threading

import pytest

from terminsplan.stopping import aside, listening
from tests.awaiting import PATIENCE_SECONDS, until


def test_the_signal_reaches_the_solver_and_the_user_while_work_goes_on_aside() -> None:
    heard: list[str] = []

    def work() -> str:
        threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()
        until(stop.asked)
        return "best so far"

    with listening(lambda: heard.append("heard")) as stop:
        assert aside(work) == "best so far"
    assert heard == ["heard"]


def test_something_else_is_done_while_work_goes_on_aside() -> None:
    done = threading.Event()
    assert aside(lambda: done.wait(PATIENCE_SECONDS), done.set)


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with listening(lambda: None):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_the_second_ends_work_that_does_not_listen() -> None:
    never, heard = threading.Event(), threading.Event()

    def twice() -> None:
        signal.raise_signal(signal.SIGINT)
        heard.wait(PATIENCE_SECONDS)
        signal.raise_signal(signal.SIGINT)

    def deaf() -> None:
        threading.Thread(target=twice).start()
        never.wait(PATIENCE_SECONDS)

    with pytest.raises(KeyboardInterrupt), listening(heard.set):
        aside(deaf)
    never.set()


def test_what_goes_wrong_aside_comes_out() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        aside(broken)


def test_without_the_main_thread_there_is_nothing_to_listen_to() -> None:
    asked: list[bool] = []

    def elsewhere() -> None:
        with listening(lambda: None) as stop:
            asked.append(stop.asked())

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert asked == [False]
