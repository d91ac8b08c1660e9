"""Calendars as programs that subscribe get them, over HTTP from a
running service: fetched, not fetched again, and new after a re-plan.

Read by khal, by libical (Evolution's library), by ical.js (Thunderbird's) and by vobject (Radicale's).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.needed import absent
from tests.outputs.readers import READERS, ReadCalendar, Reader, installed
from tests.service.running import service
from tests.torture.service_load import Answer, Client, Load


def _read(readers: Mapping[str, Reader], place: Path, answer: Answer) -> ReadCalendar:
    """What all of them understood alike."""
    place.write_bytes(answer.body)
    understood = {name: read([place])[0] for name, read in readers.items()}
    first = next(iter(understood.values()))
    assert {name: found.events for name, found in understood.items()} == dict.fromkeys(understood, first.events)
    return first


def test_what_is_subscribed_to_is_fetched_once_and_again_when_a_replan_changed_it(tmp_path: Path) -> None:
    readers, missing = installed(tmp_path)
    if set(readers) != set(READERS):
        absent("; ".join(missing))
    with service(tmp_path / "data") as running:
        load = Load(Client(running.address))
        load.begin(tmp_path / "data")
        path = next(path for path, name in load.feeds.items() if name == "forvaltning/N.ics")
        anybody = Client(running.address)

        first = anybody.ask("GET", path)
        assert (first.status, first.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
        before = _read(readers, tmp_path / "forst.ics", first)
        assert before.events
        known = {"If_None_Match": first.headers["etag"], "If_Modified_Since": first.headers["last-modified"]}
        again = anybody.ask("GET", path, None, **known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])

        new = {
            "id": "ny",
            "namn": "Nora Ny",
            "förvaltning": "N",
            "anställd_från": "2026-08-10",
            "e-post": "ny@example.se",
        }
        assert load.client.api("POST", f"/terms/{load.term}/hires", new).status == 201
        plan = load.planned("replan")
        assert plan is not None, load.failed
        assert anybody.ask("GET", path, None, **known).status == 304, "a draft is nobody's calendar"
        load.publish(plan)
        second = anybody.ask("GET", path, None, **known)
        assert (second.status, second.headers["etag"] == first.headers["etag"]) == (200, False)
        after = _read(readers, tmp_path / "sedan.ics", second)
        assert load.failed == []

    sequences = {event.uid: event.sequence for event in before.events}
    assert any("Nora Ny" in event.description for event in after.events)
    assert not any("Nora Ny" in event.description for event in before.events)
    assert all(
        event.sequence > sequences[event.uid]
        for event in after.events
        if "Nora Ny" in event.description and event.uid in sequences
    )
