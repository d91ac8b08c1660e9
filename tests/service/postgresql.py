"""A PostgreSQL of Debian's in a temporary folder, reached by a socket there and by nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.awaiting import until

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_OF_A_CLUSTER = ("-A", "trust", "-U", "terminsplan", "-E", "UTF8", "--locale=C.UTF-8", "-N")


def programs() -> Path | None:
    """The folder of initdb and postgres; None where there is no PostgreSQL."""
    return next((place for place in _PLACES if (place / "initdb").exists()), None)


@dataclass(frozen=True)
class Cluster:
    """PostgreSQL refuses to be run by root, who lets the user postgres run it."""

    home: Path
    folder: Path

    @property
    def address(self) -> str:
        """For ``--databas``."""
        return f"postgresql://terminsplan@/postgres?host={self.folder}"

    def make(self) -> None:
        """Its files."""
        assert self._run("initdb", *_OF_A_CLUSTER)

    def start(self) -> None:
        """Until it answers; processes of one that was killed may be going yet."""
        until(self._started, lambda: (self.folder / "log").read_text("utf-8")[-2000:])

    def _started(self) -> bool:
        settings = f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_connections=60"
        return self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", settings, "start")

    def stop(self) -> None:
        """In no order."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def kill(self) -> None:
        """All its processes at once, as kill -9 does."""
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(
            lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in (first, *children)),
            lambda: "PostgreSQL outlives kill -9",
        )

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *words: str) -> bool:
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        command = [*as_postgres, str(self.home / program), "-D", str(self._data), *words]
        done = subprocess.run(
            command, check=False, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return done.returncode == 0


@contextmanager
def running() -> Iterator[Cluster]:
    """A cluster that answers."""
    home = programs()
    assert home is not None
    made = Cluster(home, Path(tempfile.mkdtemp(prefix="terminsplan-pg-")))
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(made.folder, user.pw_uid, user.pw_gid)
    made.make()
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(made.folder, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """The address of one."""
    with running() as made:
        yield made.address
