"""The entry point of the command and of ``python -m terminsplan``.

Nothing is imported before the handler of Ctrl-C stands: only what the interpreter itself has loaded is used until then.
And nothing is imported from the folder where the user stands, here and in every process that is started from here.
"""

import _signal  # type: ignore[import-not-found]  # built in, as signal is not: that one would be looked for in folders
import os
import sys

_CODE_STOPPED = 130


def _leave(_number: int, _frame: object) -> None:
    """Ctrl-C while the program is being loaded. Raised as an exception
    it would come out of half-loaded libraries as something else.
    """
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    try:
        os.write(2, b"Avbrutet. Inget har skrivits.\n")
    finally:
        os._exit(_CODE_STOPPED)


def main() -> None:
    """Run a command and exit with its code."""
    _signal.signal(_signal.SIGINT, _leave)
    _signal.signal(_signal.SIGTERM, _leave)
    keep_out_the_folder_one_stands_in()
    _quieten_the_tracker()
    _speak_utf8()
    _open_closed_streams()
    from terminsplan.cli import main as run  # noqa: PLC0415  # only now: the handler stands and the path is safe
    from terminsplan.interrupts import Interrupts, leave_now  # noqa: PLC0415
    from terminsplan.streams import forgive, tell_what_was_lost  # noqa: PLC0415

    forgive()
    interrupts = Interrupts(leave_now)
    interrupts.listen()
    code = 1
    try:
        run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    interrupts.listen_no_more()
    tell_what_was_lost()
    sys.exit(code)


def keep_out_the_folder_one_stands_in() -> None:
    """``python -m`` and an empty entry of PYTHONPATH let Python look for modules there, here and in every child."""
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        here = os.path.realpath(os.getcwd())  # noqa: PTH109  # pathlib is not loaded yet
    except OSError:  # the folder has been removed
        here = ""
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120
    python = tuple(os.path.realpath(prefix) for prefix in {sys.prefix, sys.base_prefix})
    own = [entry for entry in sys.path if _is(entry, home)]
    sys.path[:] = [entry for entry in sys.path if entry and not _is(entry, home) and not _in_vain(entry, here, python)]
    sys.path += own or [home]  # last, so that nothing beside the program is taken for one of Python's own modules
    given = os.environ.get("PYTHONPATH")
    if given is not None:
        kept = (entry for entry in given.split(os.pathsep) if entry and not _in_vain(entry, here, python))
        os.environ["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, kept))


def _is(entry: str, folder: str) -> bool:
    return os.path.realpath(entry or ".") == folder


def _in_vain(entry: str, here: str, python: tuple[str, ...]) -> bool:
    """The folder where the user stands, unless it is one of the interpreter's own."""
    return _is(entry, here) and not any(here == prefix or here.startswith(prefix + os.sep) for prefix in python)


def _quieten_the_tracker() -> None:
    """The process in which multiprocessing keeps count of semaphores
    complains in English when the program was ended early.
    """
    quiet = "ignore:resource_tracker:UserWarning"
    given = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = f"{given},{quiet}" if given else quiet


def _speak_utf8() -> None:
    """Where the system speaks ASCII alone no file named with å
    can be named: begin again, in the mode that is made for that.
    """
    if sys.getfilesystemencoding() != "ascii" or os.environ.get("PYTHONUTF8") == "1":
        return
    os.environ["PYTHONUTF8"] = "1"
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _open_closed_streams() -> None:
    """A file of the plan must not get the number of a stream that was closed: what is said would land in it."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
