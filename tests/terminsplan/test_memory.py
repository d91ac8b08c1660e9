"""What is freed goes back to the system, so that other work can have it; what is soon needed again does not."""

from __future__ import annotations

import platform
import subprocess
import sys

from tests.needed import absent

BLOCKS = 40
LARGE, OF_A_VECTOR = 1 << 23, 8 * 100_000
"""Bytes of a matrix, and of a number for each row of a region's program."""
BEGIN = """
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from terminsplan.memory import give_back_large_blocks

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

give_back_large_blocks()
"""
LARGE_ONES = f"""
for _ in range(2):  # after a first block was freed glibc by itself keeps the next ones
    blocks = [b"x" * {LARGE} for _ in range({BLOCKS})]
    full = resident()
    blocks = blocks[::2]
print((full - resident()) // {LARGE})
"""
STEPS = f"""
kept = [b"x" * {OF_A_VECTOR} for _ in range(3)]
before = getrusage(RUSAGE_SELF).ru_minflt
for _ in range(500):
    vectors = [b"x" * {OF_A_VECTOR} for _ in range(3)]
    del vectors
print(getrusage(RUSAGE_SELF).ru_minflt - before)
"""


def told(code: str) -> int:
    """What the code prints at last, in a process of its own."""
    if platform.libc_ver()[0] != "glibc":
        absent("glibc saknas: bara det behåller det som frigjorts mellan två block")
    done = subprocess.run([sys.executable, "-c", BEGIN + code], check=True, capture_output=True, text=True)
    return int(done.stdout)


def test_large_blocks_go_back_when_they_are_freed_though_their_neighbours_stay() -> None:
    assert told(LARGE_ONES) > BLOCKS / 2 * 0.9


def test_vectors_that_come_and_go_in_every_step_are_not_fetched_from_the_system_each_time() -> None:
    assert told(STEPS) < 500 * 3 * OF_A_VECTOR / 4096 / 20
