"""Marks ``slow`` what ``make test-fast`` leaves out, and holds everything else to being fast.

Slow is a test that takes more than 0.1 seconds of computing on an idle machine or starts another
program, and one that shares a plan which takes seconds to make. The first kind stands in
``slow.txt``, which ``pytest --record-slow`` (all tests, no ``-n``) writes anew. A test that is not
marked fails where it starts another program or computes for seconds, so that the list stays true.

All tests of a process stand on what the ones before them left: a test fails that leaves it otherwise than it found it
(left_behind.py).

Coverage (``--cov``) is of the fast tests alone: the slow ones would
be slower still, and much of what they run is in other processes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.left_behind import changed, django_ready, house_changed, house_state, process_state

# Hypothesis would hold each example and each drawing to the wall clock, which says nothing on a busy machine.
settings.register_profile("no clock", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

LIST = Path(__file__).with_name("slow.txt")
SLOW = frozenset(LIST.read_text("utf-8").split())
SLOW_FIXTURES = frozenset({"example_plan", "october", "replanned_chain", "chain", "zone_plans"})
LONGEST = ("test_on_postgresql.py", "test_browser.py", "test_torture.py", "test_browser_letters.py", "test_upgrade.py")
"""Files in tests/service with tests of a quarter of a minute to
a whole one: they come first, so that workers end on short ones.
"""
RECORDED_SECONDS = 0.1
"""Of computing, its own and that of processes it waited for: a test that takes more is written into the list."""
ALLOWED_SECONDS = 3.0
"""Of computing: so much more than a test that is not in the list takes that no machine is so slow, and none so busy."""


class _Started:
    """Whether a program was started since somebody last asked."""

    starting = frozenset({"subprocess.Popen", "os.fork", "os.posix_spawn", "os.system"})
    shared = ("terminsplan.mip_process", "terminsplan.relaxation_process")
    """Solvers' processes: whichever test needs one first starts it, and the tests that follow go on with it."""

    def __init__(self) -> None:
        self._seen = False
        sys.addaudithook(self._look)

    def _look(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in self.starting and not any(module in str(arguments[1:2]) for module in self.shared):
            self._seen = True

    def since(self) -> bool:
        """Asks, and forgets."""
        seen, self._seen = self._seen, False
        return seen


_started = _Started()
_found_slow: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--record-slow``."""
    parser.addoption("--record-slow", action="store_true", help="write tests/slow.txt anew from what the tests take")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For ``-m "not slow"``, and for workers that shall end together."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        if name_of(item) in SLOW or not SLOW_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What the test takes with its own fixtures, for the list."""
    _started.since()
    before = os.times()
    with _unmeasured(item):
        result = yield
    computed = sum(after - was for after, was in zip(os.times()[:4], before[:4], strict=True))
    if computed > RECORDED_SECONDS or _started.since():
        _found_slow.add(name_of(item))
    return result


@contextmanager
def _unmeasured(item: pytest.Item) -> Iterator[None]:
    """A slow test, with the plans that it shares with others, is not traced by pytest-cov."""
    measuring = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if measuring is None or item.get_closest_marker("slow") is None:
        yield
        return
    measuring.pause()
    yield
    measuring.resume()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test that is not marked starts no program and does not compute for long."""
    before = time.process_time()
    result = yield
    if item.get_closest_marker("slow") is None and not item.config.getoption("--record-slow"):
        write = f"write {name_of(item)} into tests/slow.txt"
        assert not _started.since(), f"it starts a program: {write}"
        assert time.process_time() - before < ALLOWED_SECONDS, f"it computes for seconds: {write}"
    return result


class _Before:
    """How the process was before a test, and how the modules of the house were before those of its file."""

    def __init__(self) -> None:
        self._process, self._django = process_state(), django_ready()
        self._house: Mapping[str, Mapping[str, object]] | None = None

    def begin(self) -> None:
        """A test begins, with its fixtures."""
        self._process, self._django = process_state(), django_ready()
        if self._house is None:
            self._house = house_state()

    def left_changed(self, *, last: bool) -> list[str]:
        """What the test that ended left changed; the last of a file answers for all of it."""
        found = changed(self._process, process_state()) if self._django == django_ready() else []
        house = self._house
        if last and house is not None:
            self._house = None
            found += house_changed(house, house_state())
        return found


_before = _Before()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup() -> Generator[None, object, object]:
    """What the tests after it stand on, as it is before the test's first fixture."""
    _before.begin()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """After the test's last fixture: a test, or its file, that leaves changed what others stand on fails."""
    result = yield
    left = _before.left_changed(last=nextitem is None or nextitem.path != item.path)
    assert not left, f"it, or a test of its file, leaves to others what it found otherwise: {', '.join(left)}"
    return result


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The list, where it was asked for; tests that share a plan are marked by that."""
    if session.config.getoption("--record-slow"):
        LIST.write_text("".join(f"{name}\n" for name in sorted(_found_slow)), "utf-8")


def name_of(item: pytest.Item) -> str:
    """The test's name without its parameters: with one of them slow, it is marked for all."""
    return getattr(item, "originalname", None) or item.name
