"""A chain of three plans, mailed event by event into calendars on a CalDAV server, ends in those of the third plan."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest

from terminsplan import store
from tests.terminsplan.dav_server import Collection, serving
from tests.terminsplan.small import SMALL, Run, write_tables

HIRES = "id;namn;förvaltning;anställd_från;e-post\n" + "".join(
    f"p{n};Person {n};{'NC'[n % 2]};2026-08-10;p{n}@example.se\n" for n in range(1, 7)
)
TABLES = {
    "inställningar": SMALL["inställningar"] + "avsändare;plan@example.se\n",
    "nyanställda": HIRES,
    "omgångar": "id;utbildning;platser\nCI-1;CI;4\nCI-2;CI;4\n",
}
SESSIONS = SMALL["tillfällen"]
CHAIN = (
    (
        "2026-08-03",
        {
            # One leaves, one is absent, one comes; a round has other times, trainers and seats.
            "tillfällen": SESSIONS.replace("2026-10-06;09:00;16:00;Rådhuset", "2026-10-06;10:00;17:00;Stora salen"),
            "nyanställda": HIRES.replace("p1;", "q1;"),
            "frånvaro": "nyanställd;från;till\np2;2026-09-15;2026-09-15\np3;2026-09-01;2026-09-01\n",
            "omgångar": "id;utbildning;platser\nCI-1;CI;3\nCI-2;CI;5\n",
        },
    ),
    (
        "2026-08-04",
        {
            # The absences are taken back, whoever left comes back to a seat, and a module is cancelled.
            "tillfällen": SESSIONS.replace(
                "datum;start;slut;plats;utbildare\n", "datum;start;slut;plats;utbildare;status\n"
            ).replace("CI-2;2;2026-10-20;09:00;16:00;Rådhuset;Ulla Berg", "CI-2;2;2026-10-20;09:00;16:00;R;U;inställd"),
            "omgångar": "id;utbildning;platser\nCI-1;CI;6\nCI-2;CI;4\n",
        },
    ),
)
IGNORED = {"ATTENDEE"}  # only in what is mailed

Shown = dict[str, str]


@pytest.fixture
def chain(tmp_path: Path, run: Run) -> list[Path]:
    folders = [tmp_path / "plan1"]
    assert run("planera", write_tables(tmp_path / "in1", **TABLES), "-o", folders[0]).exit_code == 0
    for number, (day, changed) in enumerate(CHAIN, start=2):
        tables = write_tables(tmp_path / f"in{number}", **{**TABLES, **changed})
        folder = tmp_path / f"plan{number}"
        again = ("omplanera", tables, "--tidigare", folders[-1], "-o", folder, "--planeringsdag", day)
        result = run(*again)
        assert result.exit_code == 0, result.output
        folders.append(folder)
    return folders


def events(data: bytes) -> Iterator[icalendar.Event]:
    yield from (
        event for event in icalendar.Calendar.from_ical(data).walk("VEVENT") if isinstance(event, icalendar.Event)
    )


def shown(event: icalendar.Event) -> Shown:
    """Every property as text, SEQUENCE and DTSTAMP among them."""
    return {str(name): value.to_ical().decode() for name, value in event.items() if name not in IGNORED}


def alone(data: bytes, event: icalendar.Event) -> bytes:
    """An object for the server: the event with its time zone, without METHOD (RFC 4791 4.1)."""
    calendar = icalendar.Calendar.from_ical(data)
    calendar.pop("METHOD", None)
    calendar.subcomponents = [*(c for c in calendar.subcomponents if c.name == "VTIMEZONE"), event]
    return bytes(calendar.to_ical())


def live(data: bytes) -> dict[str, Shown]:
    """The events that take place, by UID; a UID there twice is a failure."""
    found = list(events(data))
    assert [uid for uid, number in Counter(str(e["UID"]) for e in found).items() if number > 1] == []
    return {str(e["UID"]): shown(e) for e in found if e.get("STATUS") != "CANCELLED"}


def calendars(plan: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((plan / "kalendrar" / "person").iterdir()):
        yield path.stem, path.read_bytes()


def mails(plan: Path) -> Iterator[tuple[str, bytes]]:
    """By person."""
    for path in sorted((plan / "kalendrar" / "andringar").rglob("*.ics")):
        yield path.parent.name, path.read_bytes()


def apply(mail: bytes, collection: Collection, sequences: dict[str, int]) -> str:
    """What a calendar program does with it (RFC 5546 3.2): a higher SEQUENCE replaces, a CANCEL takes away."""
    (event,) = events(mail)
    uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
    assert sequence > sequences.get(uid, -1)
    sequences[uid] = sequence
    method = str(icalendar.Calendar.from_ical(mail)["METHOD"])
    if method == "CANCEL":
        collection.delete(uid)
    else:
        collection.put(uid, alone(mail, event))
    return method


def test_the_chain_ends_in_the_calendars_of_its_last_plan(chain: list[Path], tmp_path: Path) -> None:
    methods: Counter[str] = Counter()
    people = sorted({person for plan in chain for person, _ in calendars(plan)})
    with serving(tmp_path / "dav") as port:
        collections = {person: Collection(port, person, "introduktion") for person in people}
        sequences: dict[str, int] = {}
        for person, data in calendars(chain[0]):
            for event in events(data):
                sequences[str(event["UID"])] = int(event["SEQUENCE"])
                collections[person].put(str(event["UID"]), alone(data, event))
        for plan in chain[1:]:
            for person, mail in mails(plan):
                methods[apply(mail, collections[person], sequences)] += 1
        ended = {person: live(collection.everything()) for person, collection in collections.items()}
    wanted = {person: live(data) for person, data in calendars(chain[-1])}
    assert methods["REQUEST"] >= 6
    assert methods["CANCEL"] >= 3
    assert {person: found for person, found in ended.items() if found} == {p: e for p, e in wanted.items() if e}


def test_the_chain_moves_cancels_and_gives_back(chain: list[Path]) -> None:
    """Else the test above would prove little."""
    second, third = (store.open_plan(plan).changes for plan in chain[1:])
    assert second is not None
    assert third is not None
    assert {change.kind for change in second.changes} == {"ny", "flyttad", "ändrad", "inställd"}
    lost = {(c.hire, c.module) for c in second.changes if c.kind == "inställd"}
    assert lost & {(c.hire, c.module) for c in third.changes if c.kind == "ny"}
