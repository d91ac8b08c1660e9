"""What processes that were ended in the midst have left behind
in the data folder, thrown away when the service starts.
"""

from __future__ import annotations

import shutil
from pathlib import PurePosixPath

from service.config import Config, RefusedStartError
from service.models import InputVersion, Job, Plan
from terminsplan.locks import Lock, TakenError

RESTORING = "aterstall.las"
"""Held while a copy is read back: its folders are there before their rows."""


def clear_away(config: Config) -> None:
    """Folders that no row refers to, and all that was being read
    or written; raises RefusedStartError while a copy is read back.

    What there is is listed first, and rows are asked afterwards: whatever gets its row meanwhile is left.
    """
    try:
        lock = Lock(config.data / RESTORING)
    except TakenError:
        raise RefusedStartError("En kopia läses tillbaka just nu. Starta tjänsten när det är klart.") from None
    try:
        there = {home: list(home.iterdir()) for home in (config.plans, config.inputs, config.temporary)}
        going_on = {str(number) for number in Job.objects.filter(state=Job.State.RUNNING).values_list("id", flat=True)}
        wanted = {
            config.plans: {PurePosixPath(folder).parts[0] for folder in Plan.objects.values_list("folder", flat=True)},
            config.inputs: set(InputVersion.objects.values_list("folder", flat=True)),
            config.temporary: set[str](),
        }
        for home, paths in there.items():
            for path in paths:
                of_a_job = home == config.plans and path.name.partition("-")[0] in going_on
                if path.name in wanted[home] or of_a_job:
                    continue
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    finally:
        lock.free()
