"""A data folder of an earlier version is migrated when the service starts, and serves what it served."""

from __future__ import annotations

import http.client
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.service.running import run, service

SAMPLES = Path(__file__).parents[1] / "data"
LINK = "/k/RAjjbtnCIPpiDlOLnrmpUFdTX5ViMFiNIfCbugHd7Gw.ics"
"""A calendar that was subscribed to in each of the samples; its person is invented."""


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("tjanst-data-*.zip")), ids=lambda path: path.stem)
def test_what_was_published_is_served_by_this_version(tmp_path: Path, sample: Path) -> None:
    data = tmp_path / "data"
    with zipfile.ZipFile(sample) as archive:
        archive.extractall(data)
    with service(data) as running:
        key = run("nyckel", "skapa", "prov", "--data", str(data)).stdout.strip()
        connection = http.client.HTTPConnection(urlsplit(running.address).netloc, timeout=30)
        connection.request("GET", LINK)
        calendar = connection.getresponse()
        assert (calendar.status, b"BEGIN:VEVENT" in calendar.read()) == (200, True)
        connection.request("GET", "/api/v1/terms", headers={"Authorization": f"Bearer {key}"})
        assert b"HT 2026" in connection.getresponse().read()
        connection.close()
