"""A short form of ``make torture-tjanst``."""

from __future__ import annotations

import shutil
from collections import Counter

from tests.needed import absent
from tests.service.postgresql import programs
from tests.torture import service_faults
from tests.torture.service_kills import killed
from tests.torture.service_mail import told_wrongly


def test_nothing_is_lost_when_processes_are_killed_under_load() -> None:
    tried, failed = killed(1, 4, postgresql=False, victims=("web", "planner", "sender", "job"))
    assert (sum(tried.values()), failed) == (4, [])


def test_mail_sent_twice_or_told_wrongly_is_a_failure_and_what_is_uncertain_may_have_been_sent() -> None:
    told = Counter({"skickat": 2, "osäkert": 1})
    assert list(told_wrongly(told, ["a", "b"])) == list(told_wrongly(told, ["a", "b", "c"])) == []
    assert list(told_wrongly(told, ["a", "b", "b"])) == ["sent twice: ['b']"]
    for received in (["a"], ["a", "b", "c", "d"]):
        (failure,) = told_wrongly(told, received)
        assert failure.startswith(f"{len(received)} mails were given to the server")
    assert list(told_wrongly(told + Counter({"skickas": 1}), ["a", "b"])) == ["mails without an end: {'skickas': 1}"]


def test_nothing_is_lost_when_postgresql_or_the_whole_service_is_killed_under_load() -> None:
    if programs() is None:
        absent("PostgreSQL saknas: apt-get install postgresql")
    tried, failed = killed(1, 2, postgresql=True, victims=("database", "service"))
    assert (sum(tried.values()), failed) == (2, [])


def test_where_nothing_can_be_written_it_is_told_and_afterwards_all_goes_on() -> None:
    assert service_faults.small_files()[2] == []


def test_a_clock_set_back_costs_no_job_and_hides_no_publication() -> None:
    if shutil.which("gcc") is None:
        absent("gcc saknas: apt-get install gcc")
    assert service_faults.clock_set(-3_600)[2] == []
