"""``make torture``: faults at every step of writing, interrupted
programs, rivals, changed files. Writes docs/torture.md.

``python -m tests.torture.run [CHANGES]``; takes some minutes.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from click.testing import CliRunner, Result

from terminsplan.cli import cli
from tests.terminsplan.small import contents, write_tables
from tests.torture import faults, hostile, system_calls, tampering
from tests.torture.told import Row, told

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "import os; from terminsplan.entry import main; os.write(1, b'x'); main()"]
INTERRUPTED, RIVALS, SMALL_FILES, CHANGES, WORKBOOKS = 40, 5, 10, 3000, 300
DISK_KILOBYTES = (0, 16, 64, 128, 256, 512, 1024, 4096)
"""How much room there is on the small disk, beside the plan that lies there."""
_INTRODUCTION = """# Torture

What `make torture` tries and how often it failed. Faults come at every step of writing that Python reports \
(tests/torture/faults.py) and, where strace may trace, at every system call of it (tests/torture/system_calls.py); \
signals at random moments too. A disk is really full where one may be mounted.
"""


def typed(*arguments: object) -> Result:
    """A command in this process."""
    return CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="terminsplan")


def interrupted(tables: Path, place: Path, times: int) -> Row:
    """The whole program, Ctrl-C at random moments from the first statement of its entry point on."""
    chance, failed = random.Random(times), []
    for number in range(INTERRUPTED):
        output = place / f"avbruten{times}-{number}"
        running = _begun(tables, output)
        assert running.stdout is not None
        running.stdout.read(1)
        time.sleep(0.02 + chance.random() * 3)  # its first statement has come
        for _ in range(times):
            running.send_signal(signal.SIGINT)
            time.sleep(0.004)
        _, said = running.communicate(timeout=120)
        written = (output / "plan.json").exists()
        true = ("Inget har skrivits" in said) != written and running.returncode == (0 if written else 130)
        if not true or "Traceback" in said:
            failed.append(f"number {number}: code {running.returncode}, written {written}, {said!r}")
    return f"Ctrl-C {'once' if times == 1 else 'twice'}, the whole program", INTERRUPTED, failed


def rivals(tables: Path, place: Path) -> Row:
    """Several runs into one folder at once: one writes it, the others are told before they solve."""
    output = place / "rivaler"
    running = [_begun(tables, output) for _ in range(RIVALS)]
    ended = [(one.communicate(timeout=300)[1], one.returncode) for one in running]
    told = sum("skrivs just nu" in said or "innehåller redan en plan" in said for said, code in ended if code == 2)
    right = [code for _, code in ended].count(0) == 1 and told == RIVALS - 1
    return "rivals", RIVALS, [] if right else [repr(ended)]


def _begun(tables: Path, output: Path) -> subprocess.Popen[str]:
    command = [*COMMAND, "planera", str(tables), "-o", str(output), "--tyst"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def changed(place: Path, number: int) -> Row:
    """Values of stored files changed."""
    plans = tampering.chain(typed, place / "kedja")
    return "stored values changed", number, tampering.tried(typed, plans, place / "t", seed=1, number=number)


def small_files(tables: Path, place: Path) -> Row:
    """The whole program where the system lets no file grow beyond some bytes: nothing is written, or a whole plan."""
    failed = []
    for number in range(SMALL_FILES):
        most, output = 500 * 2**number, place / f"liten-{number}"
        command = ["bash", "-c", f'ulimit -f {max(1, most // 1024)}; exec "$@"', "bash", *COMMAND]
        command += ["planera", str(tables), "-o", str(output), "--tyst"]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
        left = sorted(p.name for p in place.iterdir() if p.name.startswith((output.name, f".{output.name}", ".tmp")))
        whole = ended.returncode == 0 and (output / "plan.json").exists() and (output / "rapport.html").exists()
        nothing = ended.returncode == 2 and not output.exists() and "Inget har ändrats" in ended.stderr
        if not (whole or nothing) or "Traceback" in ended.stderr:
            failed.append(f"{most} bytes: code {ended.returncode}, left {left}, {ended.stderr[-300:]!r}")
    return "a real limit on the size of files", SMALL_FILES, failed


def small_disk(tables: Path, place: Path) -> Row:
    """The whole program on a disk of its own that is soon full: the
    old plan whole, or the new one; nothing where none may be mounted.
    """
    disk, failed = place / "disk", []
    disk.mkdir()
    if shutil.which("mount") is None or not _mounted(disk, "size=64m"):
        return "a real full disk", 0, []
    try:
        assert typed("planera", tables, "-o", disk / "plan").exit_code == 0
        old = contents(disk / "plan")
        used = sum(path.stat().st_blocks for path in disk.rglob("*")) // 2
        for room in DISK_KILOBYTES:
            assert _mounted(disk, f"remount,size={used + room}k")
            command = [*COMMAND, "planera", str(tables), "-o", str(disk / "plan"), "--tvinga", "--tyst"]
            ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
            whole = ended.returncode == 0 or (ended.returncode == 2 and "Inget har ändrats" in ended.stderr)
            left = sorted(path.name for path in disk.iterdir() if path.name != "plan")
            if not whole or left or contents(disk / "plan") != old or "Traceback" in ended.stderr:
                failed.append(f"{room} kB free: code {ended.returncode}, left {left}, {ended.stderr[-300:]!r}")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    return "a real full disk", len(DISK_KILOBYTES), failed


def _mounted(disk: Path, how: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(disk)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def hostile_workbooks(tables: Path, place: Path, number: int) -> Row:
    """Workbooks made to hurt, and good ones changed at random."""
    return "hostile workbooks", *hostile.tried(typed, tables, place / "h", seed=1, number=number)


def main() -> None:
    """Everything, and the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES
    place = Path(tempfile.mkdtemp(prefix="terminsplan-prov-"))
    try:
        tables = write_tables(place / "in")
        rows = [*faults.rows(), *system_calls.rows()]
        rows += [interrupted(tables, place, 1), interrupted(tables, place, 2), rivals(tables, place)]
        rows += [small_files(tables, place), small_disk(tables, place)]
        rows += [changed(place, number), hostile_workbooks(tables, place, WORKBOOKS)]
    finally:
        shutil.rmtree(place)
    told("torture.md", _INTRODUCTION, rows)


if __name__ == "__main__":
    main()
