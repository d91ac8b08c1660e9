"""What somebody may try against the service, line by line of SERVICE.md, where no other test has it."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from service.config import Config
from tests.service.running import HOUSE
from tests.service.test_access import PASSWORD, Walk, table, walk
from tests.service.world import HOST, World

__all__ = ["walk"]  # a fixture


def test_no_form_of_any_page_is_taken_without_its_token(walk: Walk) -> None:
    from django.test import Client

    client = Client(HTTP_HOST=HOST, enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = walk.client("administrator").cookies
    forms = [address for address, row in table().items() if "POST" in row and not address.startswith(("/api", "/min/"))]
    assert len(forms) > 15
    for address in forms:
        answer = client.post(walk.path(address))
        assert (answer.status_code, "för gammal" in answer.content.decode()) == (403, True), address


def test_a_session_is_another_after_the_login_and_is_ended_at_the_logout(walk: Walk) -> None:
    from django.test import Client

    client = walk.client("nobody")
    client.get("/logga-in")
    client.cookies["terminsplan"] = "a" * 32
    client.post("/logga-in", {"namn": "samordnare", "losenord": PASSWORD})
    first = client.cookies["terminsplan"].value
    assert first != "a" * 32
    client.post("/logga-in", {"namn": "samordnare", "losenord": PASSWORD})
    second = client.cookies["terminsplan"].value
    assert second != first
    assert client.get("/").status_code == 200
    client.post("/logga-ut")
    for former in (first, second):
        stranger = Client(HTTP_HOST=HOST)
        stranger.cookies["terminsplan"] = former
        assert stranger.get("/").status_code == 302


def test_passwords_are_tried_few_times_from_one_address_whatever_the_names(walk: Walk) -> None:
    client = walk.client("nobody")

    def tried(number: int, address: str) -> int:
        given = {"namn": f"namn{number}", "losenord": "fel"}
        answer = client.post("/logga-in", given, REMOTE_ADDR=address)
        assert (answer.headers.get("Retry-After") == "900") == (answer.status_code == 429)
        return int(answer.status_code)

    assert [tried(number, "192.0.2.1") for number in range(51)] == [403] * 50 + [429]
    assert tried(51, "192.0.2.2") == 403


def test_a_clock_set_back_locks_nobody_out(walk: Walk) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from service.models import LoginAttempt

    client = walk.client("nobody")
    for _ in range(10):
        client.post("/logga-in", {"namn": "samordnare", "losenord": "fel"})
    LoginAttempt.objects.update(at=timezone.now() + timedelta(hours=1))
    assert client.post("/logga-in", {"namn": "samordnare", "losenord": PASSWORD}).status_code == 302


@pytest.mark.usefixtures("world")
def test_passwords_are_kept_by_argon2() -> None:
    from django.test import override_settings

    from service import rights, settings

    with override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS):
        account = rights.make_account({"name": "anna", "role": "samordnare"}, PASSWORD)
    assert re.fullmatch(r"argon2\$argon2id\$v=19\$m=\d{5,},t=[2-9],p=\d\$.+", account.password)


def test_an_upload_is_read_within_a_gigabyte_and_a_minute() -> None:
    code = """
import resource
from service.reading.limits import confine
confine()
print(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU))
try:
    bytearray(1 << 30)
except MemoryError:
    print("ended")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert done.stdout == f"({1 << 30}, {1 << 30}) (60, 60)\nended\n"
    assert resource.getrlimit(resource.RLIMIT_CPU) != (60, 60)


@pytest.mark.usefixtures("reading_process")
def test_an_upload_that_takes_too_long_is_ended_and_told(
    config: Config, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.reading import upload

    monkeypatch.setattr(upload, "MOST_SECONDS", 0.5)
    read = upload.read_file(config, "t.zip", os.mkfifo)
    assert not read.readable
    assert "för stor eller för tillkrånglad" in read.found["errors"][0]["message"]


def test_an_upload_is_read_no_further_once_the_web_server_is_gone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "underlag.zip")
    command = [sys.executable, "-m", "service.reading.process", str(tmp_path), "underlag.zip"]
    process = subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.PIPE)
    assert process.stdin is not None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1.5)
    process.stdin.close()
    assert process.wait(60) == 1


@pytest.mark.usefixtures("walk")  # which makes an administrator
def test_a_shared_service_does_not_start_without_each_thing(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    from service.config import RefusedStartError
    from service.readiness import refuse_unready

    whole = {"PUBLIK_ADRESS": "https://plan.example", "PROXY": "127.0.0.1", "HEMLIG_NYCKEL": "x" * 50}
    for name, given in whole.items():
        monkeypatch.setenv(f"TERMINSPLAN_{name}", given)
    refuse_unready(replace(config, shared=True))
    for name, value, said in (
        ("PUBLIK_ADRESS", "", "publika adressen"),
        ("PUBLIK_ADRESS", "http://plan.example", "börjar med https"),
        ("PROXY", "", "betrodda proxyn"),
        ("HEMLIG_NYCKEL", "", "hemlig nyckel"),
        ("HEMLIG_NYCKEL", "kort", "minst 50 tecken"),
    ):
        with monkeypatch.context() as patched:
            patched.setenv(f"TERMINSPLAN_{name}", value)
            with pytest.raises(RefusedStartError, match=said):
                refuse_unready(replace(config, shared=True))


def test_sqlite_on_a_network_drive_is_refused_and_postgresql_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import database
    from service.config import RefusedStartError

    mounts = tmp_path / "mounts"
    folder = tmp_path / "en mapp" / "data"
    mounts.write_text(
        f"/dev/sda / ext4 rw 0 0\nserver:/x {str(folder.parent).replace(' ', chr(92) + '040')} nfs4 rw 0 0\n"
    )
    monkeypatch.setattr(database, "_MOUNTS", mounts)
    with pytest.raises(RefusedStartError, match="nätverksdisk"):
        database.refuse_unfit(Config(folder))
    database.refuse_unfit(Config(folder, database="postgresql://server/plan"))
    database.refuse_unfit(Config(tmp_path / "annan"))


def test_settings_that_others_can_read_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from service.config import RefusedStartError

    monkeypatch.delenv("TERMINSPLAN_DATABAS", raising=False)
    place = tmp_path / "tjanst.conf"
    place.write_text("TERMINSPLAN_DATABAS=postgresql://server/plan\n")
    place.chmod(0o600)
    assert Config(tmp_path).setting("DATABAS") == "postgresql://server/plan"
    place.chmod(0o640)
    with pytest.raises(RefusedStartError, match="chmod 600"):
        Config(tmp_path).setting("DATABAS")


def test_the_icon_starts_the_service_with_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from service import shortcut

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "delat"))
    monkeypatch.setenv("HOME", str(tmp_path))
    place = shortcut.make(Config(tmp_path / "min data"))
    text = place.read_text("utf-8")
    assert place.is_relative_to(tmp_path)
    assert "terminsplan tjanst --data" in text
    assert f"'{tmp_path}/min data'" in text
