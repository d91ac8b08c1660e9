"""What real calendar programs once got wrong: small chains of plans, each a case of its own in tests/data/calendars."""

from __future__ import annotations

from pathlib import Path

import pytest

from outputs.plan_json import read_plan
from tests.outputs.rfc5545 import Component, checked
from tests.terminsplan.typed import typed

CASES = Path(__file__).parents[1] / "data" / "calendars"
REORDERED = ("in2-samma-rader-annan-ordning", "in6-hallna-kvar-sorterad")


def plan(case: str, folder: str, to: Path) -> Path:
    result = typed("planera", CASES / case / folder, "-o", to, "--tyst")
    assert result.exit_code == 0, result.output
    return to


def replan(case: str, folder: str, earlier: Path, to: Path) -> Path:
    result = typed("omplanera", CASES / case / folder, "--tidigare", earlier, "-o", to, "--tyst")
    assert result.exit_code == 0, result.output
    return to


def events(plan: Path, calendar: str) -> dict[str, Component]:
    """By UID."""
    found = checked((plan / "kalendrar" / calendar).read_bytes())
    return {event.value("UID"): event for event in found.all("VEVENT")}


def mails(plan: Path) -> dict[str, Component]:
    """The calendars of ``andringar`` by path below it."""
    place = plan / "kalendrar" / "andringar"
    return {path.relative_to(place).as_posix(): checked(path.read_bytes()) for path in sorted(place.rglob("*.ics"))}


def told(mail: Component) -> tuple[str, str, str, int]:
    """Method, organizer, attendee and sequence of what is mailed."""
    (event,) = mail.all("VEVENT")
    addresses = (event.value(name).removeprefix("mailto:") for name in ("ORGANIZER", "ATTENDEE"))
    return mail.value("METHOD"), *addresses, int(event.value("SEQUENCE"))  # type: ignore[return-value]


def test_no_line_is_folded_inside_an_escape(tmp_path: Path) -> None:
    found = plan("vikning", "in", tmp_path / "ut")
    assert b"\\n" in (found / "kalendrar/person/n1.ics").read_bytes()
    assert events(found, "person/n1.ics")  # ``checked`` refuses such a fold


def test_last_modified_rises_with_every_change_even_on_one_day(tmp_path: Path) -> None:
    first = plan("samma-dag", "in1", tmp_path / "1")
    second = replan("samma-dag", "in2", first, tmp_path / "2")
    third = replan("samma-dag", "in3", second, tmp_path / "3")
    (stamps,) = {
        tuple(event.value("LAST-MODIFIED") for event in moment)
        for moment in zip(*(events(p, "person/n1.ics").values() for p in (first, second, third)), strict=True)
    }
    assert stamps == ("20260803T000001Z", "20260803T000002Z", "20260803T000003Z")


@pytest.mark.parametrize("folder", REORDERED)
def test_sorted_rows_change_no_byte_of_any_calendar(folder: str, tmp_path: Path) -> None:
    first = plan("radordning", "in1", tmp_path / "1")
    second = replan("radordning", folder, first, tmp_path / "2")
    assert not mails(second)
    calendars = [p.relative_to(first) for p in sorted((first / "kalendrar").rglob("*.ics"))]
    assert [(second / path).read_bytes() for path in calendars] == [(first / path).read_bytes() for path in calendars]


def test_a_meeting_put_before_the_others_is_the_only_new_event(tmp_path: Path) -> None:
    first = plan("radordning", "in1", tmp_path / "1")
    second = replan("radordning", "in3-en-traff-till-forst", first, tmp_path / "2")
    before, after = events(first, "person/n1.ics"), events(second, "person/n1.ics")
    assert {uid: after[uid] for uid in before} == before
    (new,) = after.keys() - before.keys()
    assert after[new].value("DTSTART") == "20260908T130000"
    assert [told(mail)[0] for mail in mails(second).values()] == ["REQUEST"]


def test_a_meeting_struck_out_is_the_only_one_cancelled(tmp_path: Path) -> None:
    first = plan("radordning", "in1", tmp_path / "1")
    second = replan("radordning", "in4-forsta-traffen-borttagen", first, tmp_path / "2")
    before, after = events(first, "person/n1.ics"), events(second, "person/n1.ics")
    (gone,) = (uid for uid, event in after.items() if event.value("STATUS") == "CANCELLED")
    assert after[gone].value("DTSTART") == "20260910T090000"
    assert {uid: event for uid, event in after.items() if uid != gone} == {
        uid: event for uid, event in before.items() if uid != gone
    }
    assert [told(mail)[0] for mail in mails(second).values()] == ["CANCEL"]


def test_two_municipalities_never_share_a_uid(tmp_path: Path) -> None:
    ekby, vikbo = (plan("tva-kommuner", name, tmp_path / name) for name in ("ekby", "vikbo"))
    for calendar in ("omgang/YR-1.ics",):
        assert not events(ekby, calendar).keys() & events(vikbo, calendar).keys()


@pytest.mark.parametrize("folder", ["vt1", "vt1-samma-omgangs-id"])
def test_the_next_term_never_takes_a_uid_of_this_one(folder: str, tmp_path: Path) -> None:
    first = plan("nasta-termin", "ht1", tmp_path / "1")
    second = replan("nasta-termin", "ht2", first, tmp_path / "2")
    third = replan("nasta-termin", "ht3", second, tmp_path / "3")
    spring = plan("nasta-termin", folder, tmp_path / "4")
    assert events(third, "person/n1.ics")
    assert not _uids(spring) & (_uids(first) | _uids(second) | _uids(third))


def _uids(plan: Path) -> set[str]:
    place = plan / "kalendrar"
    return {uid for path in place.rglob("*.ics") for uid in events(plan, path.relative_to(place).as_posix())}


def test_a_subscribed_file_keeps_its_name_when_an_id_alike_but_for_case_arrives(tmp_path: Path) -> None:
    first = plan("versal-id", "in1", tmp_path / "1")
    second = replan("versal-id", "in2", first, tmp_path / "2")
    third = replan("versal-id", "in2", second, tmp_path / "3")
    assert {path.name for path in (first / "kalendrar/person").iterdir()} == {"n1.ics", "n2.ics"}
    new = read_plan((second / "plan.json").read_bytes()).files["N2"]
    assert new.startswith("N2~")
    for later in (second, third):
        assert {path.name for path in (later / "kalendrar/person").iterdir()} == {"n1.ics", "n2.ics", f"{new}.ics"}
        assert read_plan((later / "plan.json").read_bytes()).files == {"N2": new}


def test_what_is_cancelled_is_cancelled_by_the_sender_that_the_event_had(tmp_path: Path) -> None:
    first = plan("avsandare-byts", "in1", tmp_path / "1")
    second = replan("avsandare-byts", "in3-installt-ny-avsandare", first, tmp_path / "2")
    (before,) = {event.value("ORGANIZER") for event in events(first, "person/n1.ics").values()}
    cancelled = [told(mail) for mail in mails(second).values() if mail.value("METHOD") == "CANCEL"]
    assert cancelled
    assert {f"mailto:{organizer}" for _, organizer, _, _ in cancelled} == {before}


def test_a_new_sender_is_told_with_a_higher_sequence(tmp_path: Path) -> None:
    first = plan("avsandare-byts", "in1", tmp_path / "1")
    second = replan("avsandare-byts", "in2-ny-avsandare", first, tmp_path / "2")
    (before,) = {event.value("ORGANIZER") for event in events(first, "person/n1.ics").values()}
    sent = [told(mail) for mail in mails(second).values()]
    assert sent
    assert all(method == "REQUEST" and f"mailto:{who}" != before and number == 1 for method, who, _, number in sent)


def test_a_changed_address_is_recalled_at_the_old_one_and_called_to_at_the_new(tmp_path: Path) -> None:
    first = plan("ny-epost", "in1", tmp_path / "1")
    second = replan("ny-epost", "in2-flyttad", first, tmp_path / "2")
    third = replan("ny-epost", "in3-ny-adress", second, tmp_path / "3")
    fourth = replan("ny-epost", "in4-installd", third, tmp_path / "4")
    old, new = "tuva@privat.example", "tuva.almgren@ekby.example"
    assert {told(mail)[2] for mail in mails(second).values()} == {old}
    sent = mails(third)
    assert len(sent) == 2
    for path, mail in sent.items():
        method, _, attendee, sequence = told(mail)
        recalled = path.endswith("-aterkallad.ics")
        assert (method, attendee, sequence) == (("CANCEL", old, 2) if recalled else ("REQUEST", new, 2))
    (last,) = mails(fourth).values()
    assert told(last)[0::2] == ("CANCEL", new)


def test_planning_a_sent_term_anew_beside_its_plan_is_warned_of(tmp_path: Path) -> None:
    plan("samma-dag", "in1", tmp_path / "1")
    again = typed("planera", CASES / "samma-dag" / "in1", "-o", tmp_path / "2")
    elsewhere = typed("planera", CASES / "samma-dag" / "in1", "-o", tmp_path / "annan" / "2")
    assert "använd omplanera --tidigare 1" in again.stderr
    assert "omplanera --tidigare" not in elsewhere.stderr


def test_a_changed_series_is_ignored_in_a_replan_and_a_plan_without_sender_or_series_is_warned_of(
    tmp_path: Path,
) -> None:
    tables = {path.stem: path.read_text("utf-8") for path in (CASES / "samma-dag" / "in1").iterdir()}
    named = {"inställningar": "nyckel;värde\nplaneringsdag;2026-08-03\nkalenderserie;ekby\n"}
    blank = {"inställningar": "nyckel;värde\nplaneringsdag;2026-08-03\n"}
    first = typed("planera", write(tmp_path / "a", tables | blank), "-o", tmp_path / "1")
    second = typed(
        "omplanera", write(tmp_path / "b", tables | named), "--tidigare", tmp_path / "1", "-o", tmp_path / "2"
    )
    assert "Varken avsändare eller kalenderserie" in first.stderr
    assert "Den tidigare gäller" in second.stderr
    one, two = (read_plan((tmp_path / name / "plan.json").read_bytes()) for name in ("1", "2"))
    assert one.series == two.series != "ekby"


def write(folder: Path, tables: dict[str, str]) -> Path:
    folder.mkdir()
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return folder
