"""The service as people start it: what it says, who comes in, how it ends, and when it refuses to start."""

from __future__ import annotations

import http.client
import json
import os
import signal
import stat
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.awaiting import PATIENCE_SECONDS, until
from tests.service.running import Running, run, service


def get(running: Running, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(running.address).netloc, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def children(pid: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += [int(place.parent.name), *children(int(place.parent.name))]
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_answers_closes_itself_off_and_ends_in_order(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with service(data) as running:
        health = json.loads(get(running, "/api/v1/health")[1])
        assert (health["status"], health["database"], health["queue"]) == ("ok", "sqlite", 0)
        assert get(running, "/")[0] == 403
        assert get(running, "/", Host="terminsplan.example")[0] == 400
        assert get(running, "/k/" + "x" * 43 + ".ics", Host="terminsplan.example")[0] == 400
        assert get(running, "/k/" + "x" * 43 + ".ics")[0] == 404
        assert get(running, urlsplit(running.link).path)[0] == 302
        assert get(running, urlsplit(running.link).path)[0] == 403
        another = run("tjanst-lank", "--data", str(data))
        assert get(running, urlsplit(another.stdout.strip()).path)[0] == 302
        again = run("tjanst", "--data", str(data), "--adress", "127.0.0.1:0")
        assert (again.returncode, "redan i gång" in again.stderr) == (2, True)
        key = run("nyckel", "skapa", "personalsystemet", "--data", str(data)).stdout.strip()
        assert get(running, "/api/v1/terms", Authorization=f"Bearer {key}") == (200, b"[]")
        all_of_them = children(running.process.pid)
        assert len(all_of_them) >= 3
        assert running.stop() == 0
        assert not any(map(alive, all_of_them))
    for path in (data, *data.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def _plans(running: Running) -> bool:
    try:
        return bool(json.loads(get(running, "/api/v1/health")[1])["planner"] == "running")
    except OSError:
        return False


def test_a_process_that_dies_is_started_again_and_all_end_with_their_parent(tmp_path: Path) -> None:
    with service(tmp_path / "data") as running:
        for pid in children(running.process.pid)[1:]:
            os.kill(pid, signal.SIGKILL)
        until(lambda: _plans(running), lambda: "it never answered again")
        left = children(running.process.pid)
        running.process.kill()
        until(lambda: not any(map(alive, left)), lambda: "children outlive their parent")


def test_a_shared_service_says_all_that_is_missing(tmp_path: Path) -> None:
    for words in (("--delad",), ("--adress", "0.0.0.0:0")):
        refused = run("tjanst", "--data", str(tmp_path / "data"), *words)
        assert refused.returncode == 2
        for word in ("publika adressen", "proxyn", "hemlig nyckel", "administratör"):
            assert word in refused.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [("postgresql://anna:hemligt@localhost/plan", "Lösenordet"), ("mysql://localhost/plan", "postgresql://")],
)
def test_a_database_with_a_password_in_its_address_is_refused(tmp_path: Path, address: str, said: str) -> None:
    refused = run("tjanst", "--data", str(tmp_path / "data"), "--databas", address)
    assert (refused.returncode, said in refused.stderr, "hemligt" in refused.stderr) == (2, True, False)


def test_accounts_are_made_listed_and_closed(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    made = run("konto", "skapa", "anna", "--roll", "administrator", *data, given="ett långt lösenord\n")
    assert made.returncode == 0, made.stderr
    assert run("konto", "skapa", "bo", "--roll", "samordnare", *data, given="kort\n").returncode == 2
    assert run("konto", "skapa", "cia", "--roll", "forvaltning", *data, given="ett långt lösenord\n").returncode == 2
    assert run("konto", "lista", *data).stdout == "anna\tadministrator\t\töppen\n"
    assert run("konto", "stang", "anna", *data).returncode == 0
    assert run("konto", "lista", *data).stdout == "anna\tadministrator\t\tstängd\n"


def test_a_copy_and_weeding_are_commands(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    assert run("tjanst-kopia", str(tmp_path / "kopia"), *data).returncode == 0
    assert run("tjanst-kopia", str(tmp_path / "kopia"), *data).returncode == 2
    assert run("tjanst-aterstall", str(tmp_path / "kopia"), *data).returncode == 0
    weeded = run("gallra", "--fore", "2026-01-01", "--beslut", "KS 1", *data)
    assert (weeded.returncode, "Gallringsprotokoll" in weeded.stdout) == (0, True)


def test_a_service_that_was_killed_tells_no_link_and_starts_again(tmp_path: Path) -> None:
    with service(tmp_path) as running:
        running.process.kill()
        running.process.wait(PATIENCE_SECONDS)
        until(
            lambda: run("tjanst-lank", "--data", str(tmp_path)).returncode != 0,
            lambda: "the web server outlives its parent",
        )
        assert "inte i gång på egen dator" in run("tjanst-lank", "--data", str(tmp_path)).stderr
    with service(tmp_path) as running:
        assert run("tjanst-lank", "--data", str(tmp_path)).stdout.startswith(running.address)


def test_a_file_in_the_place_of_the_data_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", "utf-8")
    told = run("konto", "lista", "--data", str(tmp_path / "fil"))
    assert (told.returncode, "är en fil, ingen mapp" in told.stderr) == (2, True)


def test_an_account_without_a_name_is_asked_for_one(tmp_path: Path) -> None:
    told = run("konto", "stang", "--data", str(tmp_path))
    assert told.stderr.strip() == "Fel: Ange ett namn: terminsplan konto stang NAMN"


def test_commands_of_the_service_tell_their_results_as_json(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"), "--json")

    def told(*words: str, given: str = "") -> object:
        return json.loads(run(*words, *data, given=given).stdout)

    assert told("konto", "skapa", "Åsa", "--roll", "administrator", given="ett långt lösenord\n") == {
        "exit_code": 0,
        "name": "Åsa",
    }
    person = {"name": "Åsa", "role": "administrator", "forvaltning": None, "enhet": None, "active": True}
    assert told("konto", "lista") == {"exit_code": 0, "accounts": [person]}
    assert told("konto", "stang", "Bo") == {"exit_code": 2, "error": "Bo finns inte, eller är redan stängd."}
    copy = str(tmp_path / "kopia")
    assert told("tjanst-kopia", copy) == {"exit_code": 0, "file": copy}
    assert told("gallra", "--fore", "2020-01-01", "--beslut", "§ 7")["terms"] == []  # type: ignore[index]
    assert told("tjanst-lank")["exit_code"] == 2  # type: ignore[index]


def test_a_quiet_command_of_the_service_tells_its_result_alone(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"), "--tyst")
    made = run("konto", "skapa", "anna", "--roll", "administrator", *data, given="ett långt lösenord\n")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    key = run("nyckel", "skapa", "system", *data)
    assert (len(key.stdout.strip()) > 40, key.stderr) == (True, "")
