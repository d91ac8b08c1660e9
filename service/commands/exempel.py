"""``exempel``: a data folder with a shipped example planned and published, to look at; for ``make tjanst``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from typing import Any

from service.config import Config, RefusedStartError
from service.start import configured, set_up
from terminsplan import examples


def run(values: Mapping[str, Any]) -> int:
    """Nothing where there is a term already."""
    config = configured(values)
    set_up(config)
    from service.models import Term  # noqa: PLC0415  # Django is set up just now

    if not Term.objects.exists():
        sys.stderr.write(f"Planerar och publicerar exemplet {values['example']}; det tar en stund.\n")
        _make(config, values["example"])
    return 0


def _make(config: Config, example: str) -> None:
    from service import inputs_of_terms, publishing  # noqa: PLC0415  # Django is set up just now
    from service.access import ALONE  # noqa: PLC0415
    from service.jobs import asking  # noqa: PLC0415
    from service.jobs.planner import work_off  # noqa: PLC0415
    from service.models import Term  # noqa: PLC0415
    from service.reading.upload import read_file  # noqa: PLC0415

    read = read_file(config, ".xlsx", lambda place: place.write_bytes(examples.workbook(example)))
    term = Term.objects.create(name=read.found["sizes"]["term"])
    inputs_of_terms.keep(config, term, read, ALONE, word=f"Exemplet {example}")
    job = asking.ask(term, {"kind": asking.PLAN}, ALONE)
    work_off(config, threading.Event())
    job.refresh_from_db()
    if job.plan is None:
        raise RefusedStartError(f"Exemplet gick inte att planera: {job.message}")
    publishing.publish(config, job.plan, ALONE)
