"""What stands in a copy of the service (``tjanst-kopia``)."""

from __future__ import annotations

import json
import zipfile
from typing import Any


def rows_of(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    """The rows of a table in a copy."""
    lines = archive.read(f"rader/{name}.jsonl").splitlines()
    return [{"id": row["pk"], **row["fields"]} for row in map(json.loads, lines)]
