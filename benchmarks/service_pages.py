"""How long the service's pages take with years of terms in its
database (SERVICE.md, "Load": under 300 ms of server time).

    python benchmarks/service_pages.py FOLDER [--terms 12] [--people 2000] [--seconds 180] [--database URL]

FOLDER becomes a data folder with one term that is planned in earnest and the others as copies of its rows, unless it is
one already. Then every page is asked for as its readers ask for it, and the median of three is printed; on a busy
machine the processor's tells more. Everything is invented.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # the packages and benchmarks, also when run as a script

from benchmarks import generate  # noqa: E402
from benchmarks.tables import write_folder  # noqa: E402
from models.problem import TermProblem  # noqa: E402
from service.config import Config  # noqa: E402
from service.start import configured, set_up  # noqa: E402

MOST_MILLISECONDS = 300
HOST = "127.0.0.1"
VERSIONS, DRAFTS, REPORTS, ENTRIES = 30, 3, 300, 3000
"""For each term, beside its first version and the published plan."""


def fill(config: Config, terms: int, people: int, seconds: float = 180) -> None:
    """A term that was read, planned and published, and copies of it; with links for everybody, reports and a log."""
    first = _published(config, people, seconds)
    _grown(first)
    for number in range(2, terms + 1):
        _copied(first, f"Termin {number}")


def pages(config: Config) -> Iterator[tuple[str, Any]]:
    """Every page of the service with a path of the newest term,
    and a client that may see it; the fullest of its kind.
    """
    from service.pages.page import METHODS, ROLES  # noqa: PLC0415  # Django is set up by then
    from service.urls import urlpatterns  # noqa: PLC0415

    administration, coordinator = _administration(), _coordinator(config)
    yield from _own_pages(config)
    for pattern in urlpatterns:
        guarded = pattern.callback
        if "GET" in getattr(guarded, METHODS, ()) and hasattr(guarded, ROLES):
            hers = getattr(guarded, ROLES) == {"forvaltning"}
            yield _path(str(pattern.pattern)), administration if hers else coordinator


def milliseconds(client: Any, path: str) -> tuple[int, float, float]:  # noqa: ANN401  # Django's client
    """Status, and of three times the median by the clock and by
    the processor; what is kept in memory is part of the service.
    """
    times = []
    for _ in range(3):
        begun, used = perf_counter(), process_time()
        answer = client.get(path)
        times.append((1000 * (perf_counter() - begun), 1000 * (process_time() - used)))
    clock, processor = map(median, zip(*times, strict=True))
    return answer.status_code, clock, processor


def without_secret(path: str) -> str:
    """What may be printed of a path."""
    return re.sub("min/[A-Za-z0-9_-]{43}", "min/…", path)


def _published(config: Config, people: int, seconds: float) -> Any:  # noqa: ANN401  # a publication
    from service import inputs_of_terms, publishing  # noqa: PLC0415
    from service.access import ALONE  # noqa: PLC0415
    from service.jobs import asking  # noqa: PLC0415
    from service.jobs.planner import work_off  # noqa: PLC0415
    from service.models import Term  # noqa: PLC0415
    from service.reading.upload import read_tables  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        problem = generate.sized(people)
        write_folder(problem, Path(place))
        _write_introduction(problem, Path(place))
        read = read_tables(config, {path.name: path.read_bytes() for path in Path(place).iterdir()})
    term = Term.objects.create(name="Termin 1")
    inputs_of_terms.keep(config, term, read, ALONE)
    job = asking.ask(term, {"kind": asking.PLAN, "max_seconds": seconds}, ALONE)
    work_off(config, threading.Event())
    job.refresh_from_db()
    assert job.plan is not None, job.message
    return publishing.publish(config, job.plan, ALONE)


def _write_introduction(problem: TermProblem, folder: Path) -> None:
    """A mentor for every five hires of an administration, and tasks of which some come again every week."""
    many = Counter(hire.organisation for hire in problem.hires)
    mentors = [
        f"{organisation}-m{number};Mentor {number} {organisation};{organisation};6"
        for organisation, hires in sorted(many.items())
        for number in range(hires // 5 + 1)
    ]
    tasks = [
        f"u{number};Uppgift {number};{who};{number};{number + 7};{again}"
        for number in range(12)
        for who, again in [(("nyanställd", "mentor", "chef")[number % 3], "varje vecka" if number % 4 == 1 else "")]
    ]
    for name, heading, rows in (
        ("mentorer", "id;namn;förvaltning;högst", mentors),
        ("uppgifter", "id;namn;ansvarig;från_dag;till_dag;upprepas", tasks),
    ):
        (folder / f"{name}.csv").write_text("\n".join([heading, *rows]) + "\n", "utf-8")


def _own_pages(config: Config) -> Iterator[tuple[str, Any]]:
    """The pages of a hire and a trainer of the last session, with its attendance, and of the mentor with most hires."""
    from django.test import Client  # noqa: PLC0415

    from service import own_pages  # noqa: PLC0415
    from service.access import ALONE  # noqa: PLC0415
    from service.models import Publication  # noqa: PLC0415
    from service.pages import own_pages as views  # noqa: PLC0415
    from service.plan_contents import contents_of  # noqa: PLC0415

    now = Publication.objects.order_by("-term_id", "-number")[0]
    contents = contents_of(config, now.plan)
    problem = contents.problem
    pairs = Counter(pair.mentor for pair in contents.plan.mentors if pair.mentor)
    booked = [booking for booking in contents.plan.bookings if booking.trainers]
    last = max(booked, key=lambda booking: (booking.start, booking.session))
    owners = {
        "person": last.hire,
        "mentor": min(pairs, key=lambda mentor: (-pairs[mentor], mentor)),
        "utbildare": next((one.id for one in problem.trainers if one.name == last.trainers[0]), last.trainers[0]),
    }
    with patch.object(views, "today", last.start.date):  # these pages close some time after what they are about
        for kind, owner in owners.items():
            page = own_pages.create(config, now.term, ALONE, kind=kind, owner=owner)
            path = own_pages.address(config, page).partition(str(config.port))[2]
            yield f"{path}?{kind}", Client(HTTP_HOST=HOST)
        yield f"{path}/narvaro?id={last.session}", Client(HTTP_HOST=HOST)


def _grown(publication: Any) -> None:  # noqa: ANN401
    """The first term with all that gathers in a term."""
    from service.models import AuditEntry, InputVersion, Job, Report  # noqa: PLC0415

    term, plan = publication.term, publication.plan
    version = plan.version
    rows = [_copy(version, number=number) for number in range(2, VERSIONS + 2)]
    InputVersion.objects.bulk_create(rows)
    for number in range(2, DRAFTS + 2):
        _draft(plan, term, version, plan, number)
    hires = list(plan.people.all()[: REPORTS // 2])
    Report.objects.bulk_create(
        Report(
            term=term,
            kind="avslut",
            organisation=hire.organisation,
            unit=hire.unit,
            content={"person": hire.hire, "namn": hire.name, "slutar": "2026-12-01"},
            by="invented",
            state=state,
        )
        for hire in hires
        for state in (Report.State.WAITING, Report.State.REFUSED)
    )
    _links(term, plan)
    AuditEntry.objects.bulk_create(AuditEntry(by="invented", what="jobb", term=term) for _ in range(ENTRIES))
    Job.objects.create(term=term, version=version, base=plan, plan=plan, kind="plan", state="done", by="invented")


def _links(term: Any, plan: Any) -> None:  # noqa: ANN401
    from service.models import Subscription  # noqa: PLC0415

    Subscription.objects.bulk_create(
        Subscription(
            key=f"{term.id}-{row.id}"[:32],
            term=term,
            kind=row.kind,
            owner=row.owner,
            name=row.name,
            by="invented",
            empty=b"",
        )
        for row in plan.calendars.all()
    )


def _copied(publication: Any, name: str) -> None:  # noqa: ANN401
    from service.models import AuditEntry, Frozen, InputVersion, Publication, Term  # noqa: PLC0415

    term = Term.objects.create(name=name)
    versions = [_copy(version, term=term) for version in publication.term.versions.all()]
    InputVersion.objects.bulk_create(versions)
    first = InputVersion.objects.get(term=term, number=1)
    plan = _draft(publication.plan, term, first, None, 1)
    for number in range(2, DRAFTS + 2):
        _draft(publication.plan, term, first, plan, number)
    made = Publication.objects.create(term=term, plan=plan, number=1, by="invented", made=publication.made)
    Frozen.objects.bulk_create((_copy(one, publication=made) for one in publication.files.iterator()), batch_size=500)
    type(publication.term.reports.first()).objects.bulk_create(
        _copy(one, term=term) for one in publication.term.reports.all()
    )
    _links(term, plan)
    AuditEntry.objects.bulk_create(AuditEntry(by="invented", what="jobb", term=term) for _ in range(ENTRIES))


def _draft(like: Any, term: Any, version: Any, predecessor: Any, number: int) -> Any:  # noqa: ANN401
    """A plan with the same folder, people, rounds and calendars."""
    made = _copy(like, term=term, version=version, predecessor=predecessor, number=number)
    made.save()
    for rows in (like.people, like.rounds, like.calendars):
        rows.model.objects.bulk_create((_copy(row, plan=made) for row in rows.all()), batch_size=200)
    return made


def _copy(row: Any, **changed: Any) -> Any:  # noqa: ANN401
    values = {field.name: getattr(row, field.name) for field in row._meta.fields if not field.primary_key}
    return type(row)(**{**values, **changed})


def _coordinator(config: Config) -> Any:  # noqa: ANN401
    from django.test import Client  # noqa: PLC0415

    from service import doors  # noqa: PLC0415

    client = Client(HTTP_HOST=HOST)
    client.get(doors.new_link(config).partition(str(config.port))[2])
    return client


class _Administration:
    """Asks as an administration does, whose role a service that is not shared does not know."""

    def __init__(self, organisation: str) -> None:
        from service.access import Actor  # noqa: PLC0415

        self._actor = Actor("invented", "forvaltning", organisation)

    def get(self, path: str) -> Any:  # noqa: ANN401
        """The page."""
        from django.test import RequestFactory  # noqa: PLC0415
        from django.urls import resolve  # noqa: PLC0415

        request = RequestFactory(HTTP_HOST=HOST).get(path)
        request.actor = self._actor  # type: ignore[attr-defined]  # as service.shield does
        found = resolve(path.partition("?")[0])
        return found.func(request, *found.args, **found.kwargs)


def _administration() -> _Administration:
    from service.models import PlanPerson  # noqa: PLC0415

    many = Counter(PlanPerson.objects.values_list("organisation", flat=True))
    return _Administration(min(many, key=lambda organisation: (-many[organisation], organisation)))


def _path(pattern: str) -> str:
    """Of the newest term: it has all that the first one has."""
    from service.models import Job, Publication, Report, Subscription  # noqa: PLC0415

    now = Publication.objects.order_by("-term_id", "-number")[0]
    person = now.plan.people.order_by("-order")[0]
    session = next(
        s["id"] for row in now.plan.rounds.all() if row.account["participants"] for s in row.account["sessions"]
    )
    numbers = {
        "underlag": 1,
        "jobb": Job.objects.order_by("id").values_list("id", flat=True)[0],
        "planer": now.plan_id,
        "inkommet": Report.objects.order_by("-id").values_list("id", flat=True)[0],
        "prenumerationer": Subscription.objects.order_by("-id").values_list("id", flat=True)[0],
    }
    head = next((name for name in numbers if f"{name}/<nr:number>" in pattern), "planer")
    values = {"term": now.term_id, "number": numbers[head], "name": "plan.json", "folder": "ingen"}
    path = "/" + re.sub(r"<\w+:(\w+)>", lambda match: str(values.get(match[1], match[0])), pattern)
    asked = {
        "person": f"?id={person.hire}",
        "registerutdrag": f"?id={person.hire}",
        "tillfalle": f"?id={session}",
        "rad": "?tabell=nyanställda",
    }
    return path + asked.get(path.rpartition("/")[2], "")


def main() -> None:
    """Fill what is empty, and print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--terms", type=int, default=12)
    asked.add_argument("--people", type=int, default=2000)
    asked.add_argument("--seconds", type=float, default=180, help="for the plan of the first term")
    asked.add_argument("--database")
    given = asked.parse_args()
    config = configured({"data": str(given.folder), "database": given.database})
    set_up(config)
    from service.models import Term  # noqa: PLC0415

    if not Term.objects.exists():
        fill(config, given.terms, given.people, given.seconds)
    print(f"| sida | svar | ms (gräns {MOST_MILLISECONDS}) | processorn, ms |\n|---|---|---:|---:|")
    for path, client in pages(config):
        status, took, used = milliseconds(client, path)
        told = without_secret(path)
        print(
            f"| `{told}` | {status} | {took:.0f}{' för långsam' if took > MOST_MILLISECONDS else ''} | {used:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
