"""The front door as a whole: Swedish throughout, exit codes, never a traceback."""

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from terminsplan import cli as front_door
from terminsplan.cli import COMMANDS, main
from terminsplan.terminal import Terminal, printable, spare_the_code_page
from tests.awaiting import PATIENCE_SECONDS
from tests.terminsplan.small import Run

ROOT = Path(front_door.__file__).parents[1]
ENGLISH = (
    "Usage",
    "Options",
    "Error",
    "Show ",
    "Commands",
    "Arguments",
    "Missing",
    "default",
    "required",
    "Try ",
    "TEXT",
)


def exit_code(arguments: Sequence[object]) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(a) for a in arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.parametrize("arguments", [("--help",), *((name, "--help") for name in COMMANDS)])
def test_help_is_swedish(arguments: tuple[str, ...], run: Run) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert result.output.startswith("Användning: terminsplan")
    assert not [word for word in ENGLISH if word in result.output]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("planera",), "Det saknas ett argument"),
        (("planera", "in"), "Det saknas ett tillval: '-o'"),
        (("planera", "in", "-o"), "behöver ett värde"),
        (("planera", "in", "mer", "-o", "ut"), "för mycket: mer"),
        (("planera", "in", "-o", "ut", "--max-tid", "nan"), "”nan” är inte ett tal"),
        (("planera", "in", "-o", "ut", "--max-tid", "0"), "är inte ett tal"),
        (("planera", "in", "-o", "ut", "--seed", "1.5"), "är inte ett heltal"),
        (("planera", "in", "-o", "ut", "--planeringsdag", "3/8 2026"), "skriv som 2026-08-03"),
        (("planera", "in", "-o", "ut", "--planeringsdag", "2026-02-30"), "skriv som 2026-08-03"),
        (("planera", "in", "-o", "ut", "--planeringsdag", "２０２６-08-03"), "skriv som 2026-08-03"),
        (("planera", "in", "-o", "ut", "--planeringsdag", "9999-12-31"), "mellan år 1900 och 2099"),
        (("planera", "in", "-o", "ut", "--maxtid", "3"), "Menade du '--max-tid'?"),
        (("omplanera", "in", "-o", "ut", "--tidigare", "x", "--stabilitet", "lagom"), "'fast', 'varsam', 'fri'"),
        (("planer",), "Kommandot planer finns inte"),
        (("exportera", "ut", "--som", "pdf"), "”pdf” är inte något av"),
    ],
)
def test_usage_errors_are_swedish_and_exit_two(
    arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(arguments) == 2
    said = capsys.readouterr().err
    assert says in said
    assert not [word for word in ENGLISH if word in said]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["--version"]) == 0
    assert capsys.readouterr().out.startswith("terminsplan, version ")


def test_a_bug_is_no_traceback(
    planned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Åsa Öberg")

    monkeypatch.setattr("terminsplan.commands.orsak.find_hire", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert exit_code(["orsak", planned, "p1"]) == 1
    said = capsys.readouterr().err
    (report,) = tmp_path.glob("terminsplan-fel-*.txt")
    assert "KeyError" in said
    assert str(report) in said
    assert "Traceback" not in said
    assert "Öberg" not in said
    text = report.read_text("utf-8")
    assert text.startswith("KeyError\n")
    assert "terminsplan.commands.orsak, rad " in text
    assert not [word for word in ("Öberg", str(tmp_path), str(ROOT), "p1") if word in text]


def test_a_bug_shows_its_traceback_when_asked(
    planned: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terminsplan.commands.orsak.find_hire", None)
    monkeypatch.setattr("tempfile.tempdir", str(planned.parent))
    monkeypatch.setenv("TERMINSPLAN_FELSOK", "1")
    assert exit_code(["orsak", planned, "p1"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_pipe_that_closes_is_no_error_message(planned: Path) -> None:
    command = f'"{sys.executable}" -m terminsplan orsak "{planned}" p1 | true'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_an_old_code_page_stops_nothing(planned: Path) -> None:
    env = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "terminsplan", "orsak", str(planned), "p1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert "?sa ?berg (p1)" in done.stdout


def test_streams_that_cannot_be_changed_are_left_alone() -> None:
    spare_the_code_page([io.StringIO()])


def test_what_would_act_on_the_terminal_is_shown_and_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().show("[bold]x[/bold] \x1b[31mröd\x07 :smile: \u202e")
    assert capsys.readouterr().out == "[bold]x[/bold] \ufffd[31mröd\ufffd :smile: \ufffd\n"
    assert printable("två\nrader").plain == "två\nrader"


def test_messages_are_not_wrapped_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().complain("x " * 300)
    assert capsys.readouterr().err.count("\n") == 1


def test_every_command_has_a_file_of_its_own() -> None:
    files = {p.stem for p in (ROOT / "terminsplan" / "commands").glob("*.py")} - {"__init__"}
    assert files == {command.replace("-", "_") for command in COMMANDS}
    assert all(
        isinstance(front_door.cli.get_command(click.Context(front_door.cli), name), click.Command) for name in COMMANDS
    )


@pytest.mark.skipif(os.name == "nt", reason="SIGINT")
def test_ctrl_c_while_reading_ends_with_130() -> None:
    # A shell that runs the tests in the background has SIGINT ignored, and whatever is started there inherits that.
    slow = """
import signal, time
from terminsplan import cli, reading

signal.signal(signal.SIGINT, signal.default_int_handler)

def read(*_, **__):
    print("reading", flush=True)
    time.sleep(600)

reading.read_problem = read
cli.main(["kontrollera", "in"])
"""
    command = [sys.executable, "-c", slow]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 130
    assert "Avbrutet" in said


def test_the_list_of_commands_tells_each_of_them_whole(run: Run) -> None:
    told = " ".join(run("--help").stdout.split())
    assert "..." not in told.replace("[ARGUMENT]...", "")
    for name in COMMANDS:
        (described,) = re.findall(r"Användning: .*?\n\n(.*?)\n\n", run(name, "--help").stdout, re.DOTALL)
        assert " ".join(described.split()) in told
