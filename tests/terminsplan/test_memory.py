"""What is freed goes back to the system, so that other work on the machine can have it."""

from __future__ import annotations

import platform
import subprocess
import sys

from tests.needed import absent

BLOCKS = 200
CODE = f"""
from pathlib import Path
from terminsplan.memory import give_back_large_blocks

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

give_back_large_blocks()
for _ in range(2):  # after a first block was freed glibc by itself keeps the next ones
    blocks = [b"x" * (1 << 20) for _ in range({BLOCKS})]
    full = resident()
    blocks = blocks[::2]
print((full - resident()) >> 20)
"""


def test_large_blocks_go_back_when_they_are_freed_though_their_neighbours_stay() -> None:
    if platform.libc_ver()[0] != "glibc":
        absent("glibc saknas: bara det behåller det som frigjorts mellan två block")
    done = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    assert int(done.stdout) > BLOCKS / 2 * 0.9
