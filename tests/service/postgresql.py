"""A PostgreSQL of Debian's in a temporary folder, reached by a socket there and by nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def programs() -> Path | None:
    """The folder of initdb and postgres; None where there is no PostgreSQL."""
    return next((place for place in _PLACES if (place / "initdb").exists()), None)


@contextmanager
def cluster() -> Iterator[str]:
    """Its address. PostgreSQL refuses to be run by root, who lets the user postgres run it."""
    home = programs()
    assert home is not None
    folder = Path(tempfile.mkdtemp(prefix="terminsplan-pg-"))
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"

    def run(*command: str) -> None:
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        subprocess.run([*as_postgres, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(
        str(home / "initdb"),
        "-D",
        str(data),
        "-A",
        "trust",
        "-U",
        "terminsplan",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    )
    settings = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60"
    run(str(home / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", settings, "start")
    try:
        yield f"postgresql://terminsplan@/postgres?host={folder}"
    finally:
        run(str(home / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
