"""A short form of ``make torture-tjanst``."""

from __future__ import annotations

import shutil

from tests.needed import absent
from tests.service.postgresql import programs
from tests.torture import service_faults
from tests.torture.service_kills import killed


def test_nothing_is_lost_when_processes_are_killed_under_load() -> None:
    tried, failed = killed(1, 3, postgresql=False, victims=("web", "planner", "job"))
    assert (sum(tried.values()), failed) == (3, [])


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
