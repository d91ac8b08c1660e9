"""A short form of ``make torture``: faults at some of the steps of writing, in a process of its own, which forks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = (
    "from tests.torture import faults; "
    "print([(kind, failed) for kind, tried, failed in faults.rows(9) if failed or tried < 3])"
)


@pytest.mark.skipif(os.name == "nt", reason="forks")
def test_no_fault_while_writing_costs_a_plan_leaves_remains_or_makes_a_sentence_untrue() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stdout + done.stderr
