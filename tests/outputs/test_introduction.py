"""``introduktion/`` and ``index.html``: what stands there, for whom, and what does not (OUTPUT.md)."""

# ruff: noqa: ANN401 - the fields of a model are told by name and checked by pydantic

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import icalendar
import pytest

from models.ids import MentorLevel, MentorReason, Repeat
from models.plan import MentorLevelResult, MentorPair
from models.problem import Absence, Mentor, Part, Task, TermProblem
from outputs.events import number_events
from outputs.files import OUTPUTS, owned
from outputs.files.kinds import Planned
from outputs.plan_json import read_plan
from tests.plan_bytes import plan_bytes
from tests.scheduler.verify.terms import day, hire, plan, programme, running, term

CI = programme("CI", 2)
ROUND = running("CI-1", "CI", "1 09-08 09-16", "2 09-15 09-16")
SEATS = ("anna: CI-1-1 CI-1-2", "bo: CI-1-1 CI-1-2")
ANNA = hire("anna", manager="Cia Chef", manager_email="cia@a.example", unit="Väst")
BO = hire("bo", organisation="B", manager="Dag Chef", unit="Öst")
MAJ = Mentor(id="maj", name="Maj Mentor", organisation="A", email="maj@a.example")
WELCOME = Task(id="U1", name="Välkomstsamtal", responsible="chef", from_day=0, to_day=1, minutes=90)
MEETING = Task(
    id="U2", name="Mentormöte", responsible="mentor", from_day=2, to_day=30, minutes=60, repeats=Repeat.WEEKLY
)
REFLECTION = Task(
    id="U3", name="Reflektion", responsible="nyanställd", from_day=0, to_day=60, after=(Part(programme="CI"),)
)
PAIRS = (
    MentorPair(hire="anna", mentor="maj", kept=False),
    MentorPair(hire="bo", reason=MentorReason.ALL_FULL),
)


def _problem(*parts: object, tasks: tuple[Task, ...] = (WELCOME, MEETING, REFLECTION), **others: Any) -> TermProblem:
    made = term(CI, ROUND, *(parts or (ANNA, BO)))
    return made.model_copy(update={"tasks": tasks, "mentors": (MAJ,), **others})


def _planned(problem: TermProblem, *seats: str, before: Planned | None = None) -> Planned:
    made = plan(problem, *(seats or SEATS)).model_copy(
        update={"mentors": PAIRS, "plan_number": before.plan.plan_number + 1 if before else 1}
    )
    earlier = (before.problem, before.plan) if before else (None, None)
    return Planned(problem, number_events(problem, made, *earlier, "series"))


def _files(planned: Planned) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for output in OUTPUTS:
        if output.in_plan:
            paths = tuple(PurePosixPath(name) for name in found)
            for path, content in output.placed(replace(planned, written=paths)):
                found[path.as_posix()] = content if isinstance(content, bytes) else b"".join(content)
    return found


def _text(page: bytes) -> str:
    """The page as one reads it."""
    body = page.decode().split("</style>")[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def _todos(calendar: bytes) -> dict[str, icalendar.Todo]:
    return {str(todo["uid"]): todo for todo in icalendar.Calendar.from_ical(calendar).walk("VTODO")}


def test_a_page_has_sessions_tasks_mentor_manager_and_deadlines() -> None:
    page = _text(_files(_planned(_problem()))["introduktion/anna.html"])
    for told in (
        "Introduktion för anna",
        "Chef Cia Chef cia@a.example",
        "Mentor Maj Mentor maj@a.example",
        "mån 17 aug Välkomstsamtal Cia Chef (chef) 1,5 timmar",
        "ons 19 aug Mentormöte varje vecka, också 26 aug, 2 sep och 9 sep Maj Mentor (mentor) 1 timme",
        "tis 8 sep 09:00–16:00 CI: Moment 1",
        "tis 15 sep Reflektion anna",
        "CI tor 17 dec 2026 tis 15 sep 2026 I tid",
    ):
        assert told in page, told


def test_who_has_no_mentor_reads_why() -> None:
    page = _text(_files(_planned(_problem()))["introduktion/bo.html"])
    assert "Mentor ingen ännu: alla mentorer som var på plats har redan så många de kan ha" in page


def test_a_task_that_waits_for_what_is_not_booked_stands_without_a_date() -> None:
    page = _text(_files(_planned(_problem(), "bo: CI-1-1 CI-1-2"))["introduktion/anna.html"])
    assert "Utan datum än Vad Vem Varför Reflektion anna kommer efter CI, som inte är bokad" in page


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (4, "LAW ingen plats är bokad: fråga din chef tor 17 dec 2026 – Saknar plats"),
        (0, "LAW ingen plats är bokad än: nästa termins plan kan ge en ingen frist – Väntar"),
    ],
)
def test_who_has_no_seat_reads_what_comes_now_and_who_has_one_does_not(months: int, told: str) -> None:
    law = programme("LAW", deadline_months=months)
    files = _files(_planned(_problem(ANNA, BO, law)))
    page = _text(files["introduktion/anna.html"])
    assert told in page
    assert page.count("ingen plats är bokad") == 1


def test_a_task_that_comes_too_late_is_marked() -> None:
    away = Absence(hire="anna", first=day("08-17"), last=day("08-20"))
    page = _text(_files(_planned(_problem(ANNA, BO, away)))["introduktion/anna.html"])
    assert "Välkomstsamtal sent efter den tänkta sista dagen, tis 18 aug 2026" in page


def test_parts_taken_alone_have_a_place_of_their_own() -> None:
    web = programme("WEB", own_time=True, minutes=120)
    problem = _problem(ANNA, BO, web)
    page = _text(_files(_planned(problem))["introduktion/anna.html"])
    assert re.search(r"Det du gör på egen tid .* WEB tor 17 dec 2026 .* 2 timmar Utbildningar och frister", page)


def test_what_a_mentor_and_a_manager_do_is_told_by_week_of_their_own_people_only() -> None:
    files = _files(_planned(_problem()))
    mentor, manager = (_text(files[f"introduktion/ansvarig/{name}.html"]) for name in ("mentor-maj", "chef-B-Dag Chef"))
    assert "V. 34, 17–23 aug 2026 ons 19 aug anna Mentormöte 1 timme" in mentor
    assert "V. 34, 17–23 aug 2026 mån 17 aug bo Välkomstsamtal 1,5 timmar" in manager
    assert "bo" not in re.findall(r"\w+", mentor)
    assert "anna" not in re.findall(r"\w+", manager)
    assert "Välkomstsamtal" not in mentor
    assert "Mentormöte" not in manager
    assert {name for name in files if "ansvarig" in name} == {
        "introduktion/ansvarig/mentor-maj.html",
        "introduktion/ansvarig/chef-A-cia@a.example.html",
        "introduktion/ansvarig/chef-B-Dag Chef.html",
    }


def test_two_managers_of_one_name_in_two_administrations_have_a_page_each() -> None:
    namesake = hire("bo", organisation="B", manager="Cia Chef")
    one, other = (ANNA.model_copy(update={"manager_email": None}), namesake)
    files = _files(_planned(_problem(one, other)))
    pages = {name: _text(page) for name, page in files.items() if "/chef-" in name}
    assert len(pages) == 2
    assert sorted(sorted({"anna", "bo"} & {*re.findall(r"\w+", page)}) for page in pages.values()) == [["anna"], ["bo"]]


def test_names_and_texts_are_escaped() -> None:
    evil = "<script>alert(1)</script>"
    somebody = ANNA.model_copy(update={"name": evil, "manager": evil, "unit": evil})
    task = WELCOME.model_copy(update={"name": evil, "description": evil, "responsible": evil})
    mentor = MAJ.model_copy(update={"name": evil})
    files = _files(_planned(_problem(somebody, BO, tasks=(task, MEETING), mentors=(mentor,))))
    pages = [page for name, page in files.items() if name.startswith("introduktion/") and name.endswith(".html")]
    for page in (*pages, files["index.html"]):
        assert b"<script" not in page
    assert sum(b"&lt;script&gt;" in page for page in pages) >= 3


def test_the_calendar_has_the_events_of_her_own_one_and_every_task() -> None:
    files = _files(_planned(_problem()))
    mine, whole = (icalendar.Calendar.from_ical(files[f"{f}/anna.ics"]) for f in ("kalendrar/person", "introduktion"))
    assert [e.to_ical() for e in whole.walk("VEVENT")] == [e.to_ical() for e in mine.walk("VEVENT")]
    todos = [(str(todo["summary"]), todo["due"].dt) for todo in whole.walk("VTODO")]
    assert todos == [
        ("Välkomstsamtal", date(2026, 8, 17)),
        ("Mentormöte", date(2026, 8, 19)),
        ("Mentormöte", date(2026, 8, 26)),
        ("Mentormöte", date(2026, 9, 2)),
        ("Mentormöte", date(2026, 9, 9)),
        ("Reflektion", date(2026, 9, 15)),
        ("Mentormöte", date(2026, 9, 16)),
    ]
    for todo in whole.walk("VTODO"):
        assert {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS", "LAST-MODIFIED"} <= set(todo)
        assert "anna" not in str(todo["uid"])
    raw = files["introduktion/anna.ics"]
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_task_without_a_date_is_in_the_calendar_without_one() -> None:
    files = _files(_planned(_problem(), "bo: CI-1-1 CI-1-2"))
    waiting = [t for t in _todos(files["introduktion/anna.ics"]).values() if t["summary"] == "Reflektion"]
    assert ["due" in todo for todo in waiting] == [False]


def test_sequence_rises_when_a_task_changes_and_never_otherwise() -> None:
    first = _planned(_problem())
    away = Absence(hire="anna", first=day("08-17"), last=day("08-17"))
    second = _planned(_problem(ANNA, BO, away), before=first)
    third = _planned(_problem(ANNA, BO, away), before=second)
    old, new, same = (_files(p)["introduktion/anna.ics"] for p in (first, second, third))
    before, after = _todos(old), _todos(new)
    assert before.keys() == after.keys()
    raised = {str(after[u]["summary"]) for u in after if after[u]["sequence"] > before[u]["sequence"]}
    assert raised == {"Välkomstsamtal"}
    untouched = [u for u in after if after[u]["sequence"] == before[u]["sequence"]]
    assert all(before[u].to_ical() == after[u].to_ical() for u in untouched)
    assert len(untouched) == len(after) - 1
    assert {u: t.to_ical() for u, t in _todos(same).items()} == {u: t.to_ical() for u, t in after.items()}


def test_a_task_that_comes_back_takes_its_uid_back_with_a_higher_sequence() -> None:
    first = _planned(_problem())
    second = _planned(_problem(tasks=(MEETING,)), before=first)
    third = _planned(_problem(), before=second)
    back = {u: t for u, t in _todos(_files(third)["introduktion/anna.ics"]).items() if t["summary"] == "Välkomstsamtal"}
    was = _todos(_files(first)["introduktion/anna.ics"])
    assert not any(u in _todos(_files(second)["introduktion/anna.ics"]) for u in back)
    assert [(u in was, t["sequence"]) for u, t in back.items()] == [(True, 1)]


def test_the_first_page_leads_to_every_file() -> None:
    files = _files(_planned(_problem()))
    linked = {unquote(href) for href in re.findall(r'<a href="([^"]+)"', files["index.html"].decode())}
    assert linked == files.keys() - {"index.html"}


def test_every_file_is_one_that_a_rerun_may_replace() -> None:
    assert all(owned(PurePosixPath(name)) for name in _files(_planned(_problem())))
    assert not owned(PurePosixPath("introduktion/anteckningar.docx"))


def test_without_tasks_and_mentors_there_is_nothing_of_it() -> None:
    problem = _problem(tasks=(), mentors=())
    bare = Planned(problem, number_events(problem, plan(problem, *SEATS), None, None, "series"))
    assert not any(name.startswith("introduktion") or name == "index.html" for name in _files(bare))
    written = plan_bytes(bare.plan)
    assert all(key not in written for key in (b'"mentors"', b'"mentor_levels"', b'"tasks"'))


def test_plan_json_says_who_follows_whom_to_the_letter() -> None:
    results = tuple(MentorLevelResult(name=level, value=0, bound=0, proven=True) for level in MentorLevel)
    told = _planned(_problem()).plan.model_copy(update={"mentor_levels": results})
    written = plan_bytes(told).decode()
    assert '{"hire": "anna", "mentor": "maj", "kept": false}' in written
    assert '{"hire": "bo", "mentor": null, "reason": "all_full"}' in written
    assert '{"name": "evenness", "value": 0, "bound": 0, "proven": true}' in written
    assert read_plan(plan_bytes(told)) == told


def test_the_workbook_and_the_report_name_the_mentor_where_there_are_any() -> None:
    report = _text(_files(_planned(_problem()))["rapport.html"])
    assert "1 av 2 nyanställda har en mentor" in report
    assert "bo B, Öst Alla mentorer som var på plats har redan så många de kan ha." in report
    assert "Maj Mentor A anna" in report
