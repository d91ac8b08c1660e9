"""The program as the system starts it: nothing from where one
stands, Ctrl-C at any moment, streams that are closed or full.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from terminsplan import entry
from terminsplan.interrupts import NOTHING_WRITTEN
from tests.awaiting import PATIENCE_SECONDS

ROOT = Path(entry.__file__).parents[1]
COMMAND = [
    sys.executable,
    "-P",
    "-c",
    "import sys; sys.argv[0] = 'terminsplan'; from terminsplan.entry import main; main()",
]
PLANTED = "import os; os.write(2, b'RAN ' + __file__.encode())\n"
posix = pytest.mark.skipif(os.name == "nt", reason="signals, descriptors")


def surroundings(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def imported() -> set[str]:
    """Top-level names of everything that a plan and its processes load."""
    code = (
        "import sys\n"
        "import terminsplan.cli, terminsplan.job, terminsplan.commands.planera, multiprocessing.spawn\n"
        "import multiprocessing.resource_tracker, concurrent.futures.process\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, 'highspy')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@posix
def test_nothing_is_imported_from_where_one_stands(tables: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in imported() - {"__main__", "__mp_main__"}:
        (here / f"{name}.py").write_text(PLANTED, "utf-8")
    script = tmp_path / "bin" / "terminsplan"
    script.parent.mkdir()
    script.write_text("from terminsplan.entry import main\nmain()\n", "utf-8")
    command = [sys.executable, str(script), "planera", str(tables), "-o", str(tmp_path / "ut")]
    done = subprocess.run(command, cwd=here, env=surroundings(), capture_output=True, text=True, check=False)
    assert "RAN" not in done.stderr
    assert done.returncode == 0, done.stderr


@posix
def test_nor_by_python_m_once_the_program_has_begun(tables: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in (
        "queue",
        "click",
        "rich",
        "signal",
        "json",
        "numpy",
        "ortools",
        "highspy",
        "pydantic",
        "multiprocessing",
    ):
        (here / f"{name}.py").write_text(PLANTED, "utf-8")
    command = [sys.executable, "-m", "terminsplan", "planera", str(tables), "-o", str(tmp_path / "ut")]
    done = subprocess.run(command, cwd=here, env=surroundings(), capture_output=True, text=True, check=False)
    assert "RAN" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_path_and_that_of_every_child_loses_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), str(ROOT), *sys.path])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(("", ".", str(ROOT))))
    monkeypatch.setenv("PYTHONSAFEPATH", "")
    entry.keep_out_the_folder_one_stands_in()
    assert not {"", str(tmp_path)} & set(sys.path)
    assert str(ROOT) in sys.path
    assert os.environ["PYTHONPATH"] == str(ROOT)
    assert os.environ["PYTHONSAFEPATH"] == "1"


def test_the_entry_point_loads_nothing_before_its_handler_stands() -> None:
    code = "import sys; before = set(sys.modules); import terminsplan.entry; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"terminsplan", "terminsplan.entry"}


@posix
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_at_any_moment_ends_in_one_true_sentence(times: int, tables: Path, tmp_path: Path) -> None:
    chance = random.Random(times)
    for number in range(6):
        output = tmp_path / f"ut{number}"
        command = [*COMMAND, "planera", str(tables), "-o", str(output), "--tyst"]
        command[3] = command[3].replace("main()", "import os; os.write(1, b'x'); main()")
        running = subprocess.Popen(
            command, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        assert running.stdout.read(1) == "x"  # the interpreter itself has started
        with suppress(subprocess.TimeoutExpired):  # who has ended by then is not waited for any longer
            running.wait(0.1 + chance.random() * 2.5)
        for _ in range(times):
            running.send_signal(signal.SIGINT)
            time.sleep(0.004)
        _, said = running.communicate(timeout=60)
        written = (output / "plan.json").exists()
        assert "Traceback" not in said
        assert running.returncode == (0 if written else 130), said
        assert ("Inget har skrivits" in said) == (not written)


@posix
@pytest.mark.parametrize("redirected", [">&-", "2>&-", ">&- 2>&- <&-", ">/dev/full", "2>/dev/full", "| true"])
def test_no_stream_costs_the_plan(redirected: str, tables: Path, tmp_path: Path) -> None:
    line = f'set -o pipefail; "$@" {redirected}'
    command = ["bash", "-c", line, "bash", *COMMAND, "planera", str(tables), "-o", str(tmp_path / "ut")]
    done = subprocess.run(command, env=surroundings(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ut" / "plan.json").exists()
    assert "Traceback" not in done.stderr


@posix
def test_tables_named_with_swedish_letters_are_read_where_the_system_speaks_ascii(tables: Path) -> None:
    env = surroundings(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run([*COMMAND, "kontrollera", str(tables)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@posix
def test_sigterm_clears_away_what_was_begun(tables: Path, tmp_path: Path) -> None:
    code = (
        "import time\n"
        "from terminsplan import files, job\n"
        "from terminsplan.entry import main\n"
        "plain = files.plan_files\n"
        "def slow(*given):\n"
        "    for number, file in enumerate(plain(*given)):\n"
        "        if number == 2: print('writing', flush=True); time.sleep(600)\n"
        "        yield file\n"
        "job.plan_files = slow\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, "planera", str(tables), "-o", str(tmp_path / "ut"), "--tyst"]
    running = subprocess.Popen(
        command, cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "writing\n"
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=PATIENCE_SECONDS)
    assert (running.returncode, said) == (130, NOTHING_WRITTEN + "\n")
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith("-las")] == ["in"]


def test_a_command_that_plans_loads_nothing_that_only_a_follow_up_needs() -> None:
    code = "import sys, terminsplan.commands.planera; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
