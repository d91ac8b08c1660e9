"""Copies that are taken and read back, and terms that are thrown away by decision."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from service.config import Config, RefusedStartError
from tests.service.own_pages import anybody, is_today, link, term_of_introductions, text_of
from tests.service.test_feeds import subscribed
from tests.service.world import World


def test_a_copy_read_back_serves_what_it_served(world: World, config: Config, tmp_path: Path) -> None:
    from service import copying
    from service.models import Job, Publication, Term

    plan = world.published()
    _, path = subscribed(world, plan.term)
    before = world.feed(path)
    copying.write(config, tmp_path / "kopia")
    plan.term.delete()
    world.term("en senare termin")
    assert world.feed(path)[0] == 410
    copying.read_back(config, tmp_path / "kopia")
    assert world.feed(path) == before
    assert [term.name for term in Term.objects.all()] == ["HT 2026"]
    assert Publication.objects.get().plan_id == plan.id
    assert not Job.objects.filter(state__in=("queued", "running")).exists()
    assert world.api("GET", f"/plans/{plan.id}/plan.json").status_code == 200
    assert world.api("POST", "/terms", {"name": "ny"}).status_code == 201


def test_a_copy_is_closed_and_holds_no_keys_and_no_sessions(world: World, config: Config, tmp_path: Path) -> None:
    from service import copying

    key = world.key()
    world.published()
    world.browser()
    copying.write(config, tmp_path / "kopia")
    assert stat.S_IMODE((tmp_path / "kopia").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "kopia") as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)
    assert key.encode() not in everything
    assert config.secret("LANKNYCKEL").encode() not in everything
    assert not [name for name in names if "ApiKey" in name or "ession" in name or "hemlig" in name]


def test_reading_back_ends_all_sessions(world: World, config: Config, tmp_path: Path) -> None:
    from service import copying

    browser = world.browser()
    copying.write(config, tmp_path / "kopia")
    copying.read_back(config, tmp_path / "kopia")
    assert browser.get("/").status_code == 403


def test_what_is_no_copy_changes_nothing(world: World, config: Config, tmp_path: Path) -> None:
    from service import copying
    from service.models import Term

    world.term()
    (tmp_path / "annat").write_bytes(b"PK nonsense")
    with pytest.raises(RefusedStartError, match="ingen hel kopia"):
        copying.read_back(config, tmp_path / "annat")
    assert Term.objects.count() == 1


def test_a_term_that_ended_is_thrown_away_with_all_that_is_its_own(
    world: World, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import weeding
    from service.models import Frozen, Plan, PlanPerson, Term

    is_today(monkeypatch, "2026-12-19")
    plan = world.published()
    _, path = subscribed(world, plan.term)
    record = weeding.weed(config, date(2026, 12, 18), "KS 1")
    assert (record.terms, record.left) == ([], [])
    record = weeding.weed(config, date(2026, 12, 19), "KS 2")
    assert record.people == 4
    assert "KS 2" in "\n".join(record.lines())
    assert world.feed(path)[0] == 410
    assert not any(model.objects.exists() for model in (Term, Plan, PlanPerson, Frozen))
    assert not list(config.plans.iterdir())
    assert not list(config.inputs.iterdir())


def test_a_term_that_has_not_ended_is_left_whatever_the_day_and_the_record_says_so(
    world: World, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import copying, weeding
    from service.models import Term

    (config.data / weeding.RECORDS).unlink(missing_ok=True)
    is_today(monkeypatch, "2026-12-18")
    plan = world.published()
    empty = Term.objects.create(name="VT 2027")
    _, path = subscribed(world, plan.term)
    copying.write(config, tmp_path / "kopia")
    record = weeding.weed(config, date(2099, 1, 1), "KS 6")
    assert (record.terms, record.plans, record.before) == ([], 0, "2026-12-18")
    assert list(record.lines())[2:5] == [
        "Gallrat: terminer som slutade före 2026-12-18",
        f"Kvar: HT 2026 (id {plan.term.id}) slutar 2026-12-18 och har alltså inte slutat än.",
        f"Kvar: VT 2027 (id {empty.id}) har inget underlag som säger när den slutar.",
    ]
    assert world.feed(path)[0] == 200
    is_today(monkeypatch, "2026-12-19")
    copying.read_back(config, tmp_path / "kopia")
    assert weeding.weed_again(config) is None, "the decision was made before the term ended"
    assert Term.objects.filter(name="HT 2026").exists()


def test_an_old_record_of_a_day_to_come_throws_no_later_term_away(
    world: World, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import weeding
    from service.models import Term

    world.published()
    (config.data / weeding.RECORDS).unlink(missing_ok=True)
    row = {"at": "2026-12-18T09:00:00+01:00", "before": "2099-01-01", "decision": "KS 7", "terms": []}
    weeding.add_records(config, [json.dumps(row)])
    is_today(monkeypatch, "2027-01-01")
    assert weeding.weed_again(config) is None
    assert Term.objects.exists()
    (config.data / weeding.RECORDS).unlink()


def test_own_pages_and_ticks_are_copied_read_back_and_thrown_away(
    world: World, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import copying, weeding
    from service.models import OwnPage, Report, Tick

    is_today(monkeypatch, "2026-08-10")
    term = world.published(term_of_introductions(world)).term
    hers = link(world, term, "person", "p4")
    token = '["p4", "u1", 1]'
    anybody().post(f"{hers}/klart", {"visad": [token], "klar": [token]})
    anybody().post(f"{hers}/kan-inte-komma", {"tillfälle": "CI-1-1"})
    before = text_of(anybody().get(hers))
    copying.write(config, tmp_path / "kopia")
    is_today(monkeypatch, "2027-01-01")
    record = weeding.weed(config, date(2027, 1, 1), "KS 4")
    assert (record.pages, record.ticks, record.reports) == (1, 1, 1)
    assert not any(model.objects.exists() for model in (OwnPage, Tick, Report))
    asked = (("GET", ""), ("POST", "/klart"), ("POST", "/kan-inte-komma"))
    assert {anybody().generic(method, hers + path).status_code for method, path in asked} == {410}
    copying.read_back(config, tmp_path / "kopia")
    is_today(monkeypatch, "2026-08-10")
    assert text_of(anybody().get(hers)) == before
    is_today(monkeypatch, "2027-01-01")
    weeding.weed_again(config)
    assert anybody().get(hers).status_code == 410


def test_others_may_write_while_a_copy_is_taken_and_no_longer_between_a_reading_and_its_writing(
    world: World, config: Config, tmp_path: Path
) -> None:
    from django.db import transaction

    from service import copying
    from service.database import FILE
    from service.models import Term

    world.term()
    if config.database is not None:
        return  # PostgreSQL's transactions wait for each other's rows alone
    other = sqlite3.connect(config.data / FILE, timeout=0, isolation_level=None)
    with closing(other), copying._snapshot():
        assert Term.objects.count() == 1
        other.execute("UPDATE service_term SET name = 'VT 2027'")
        assert Term.objects.get().name == "HT 2026"
    copying.write(config, tmp_path / "kopia")
    other = sqlite3.connect(config.data / FILE, timeout=0, isolation_level=None)
    with closing(other), transaction.atomic():
        assert Term.objects.get().name == "VT 2027"
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("UPDATE service_term SET name = 'HT 2027'")
        Term.objects.update(name="VT 2028")
    assert Term.objects.get().name == "VT 2028"


def test_a_copy_holds_reports_and_what_was_thrown_away_by_decision(
    world: World, config: Config, tmp_path: Path
) -> None:
    from service import copying, weeding
    from service.models import AuditEntry

    report = config.reports / "uppföljning" / "uppfoljning.html"
    report.parent.mkdir()
    report.write_text("<p>Tre terminer", "utf-8")
    weeding.weed(config, date(2025, 1, 1), "KS 5")
    records = config.data / weeding.RECORDS
    told = records.read_text("utf-8")
    copying.write(config, tmp_path / "kopia")
    shutil.rmtree(report.parent)
    records.unlink()
    copying.read_back(config, tmp_path / "kopia")
    copying.read_back(config, tmp_path / "kopia")
    assert report.read_text("utf-8") == "<p>Tre terminer"
    assert records.read_text("utf-8") == told
    assert AuditEntry.objects.filter(what="kopia återläst").count() == 1
    records.unlink()


def test_a_place_that_no_copy_can_be_written_to_is_named(config: Config, tmp_path: Path) -> None:
    from service import copying

    with pytest.raises(RefusedStartError, match=r"Mappen .*saknad finns inte"):
        copying.write(config, tmp_path / "saknad" / "kopia")


def test_a_decision_holds_for_a_copy_that_is_older(
    world: World, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import copying, weeding
    from service.models import Term

    is_today(monkeypatch, "2027-01-01")
    world.published()
    copying.write(config, tmp_path / "kopia")
    weeding.weed(config, date(2027, 1, 1), "KS 3")
    copying.read_back(config, tmp_path / "kopia")
    assert Term.objects.exists()
    again = weeding.weed_again(config)
    assert again is not None
    assert "KS 3" in again.decision
    assert again.terms[0].startswith("HT 2026")
    assert not Term.objects.exists()
    assert weeding.weed_again(config) is None


def test_a_link_that_was_closed_or_changed_since_the_copy_is_not_opened_again(
    world: World, config: Config, tmp_path: Path
) -> None:
    from service import copying, own_pages, subscribing
    from service.access import ALONE
    from service.models import Subscription

    term = world.published().term
    closed, changed = (subscribed(world, term) for _ in range(2))
    page = own_pages.create(config, term, ALONE, kind="person", owner="p1")
    hers = own_pages.address(config, page).partition("/min/")[2]
    copying.write(config, tmp_path / "kopia")
    subscribing.revoke(Subscription.objects.get(id=closed[0]), ALONE)
    subscribing.revoke(page, ALONE)
    row = Subscription.objects.get(id=changed[0])
    subscribing.change(config, row, ALONE)
    now = subscribing.address(config, row).partition("/k/")[2]
    copying.read_back(config, tmp_path / "kopia")
    assert world.feed(closed[1])[0] == 410
    assert world.feed(changed[1])[0] == 410
    assert world.feed(f"/k/{now}")[0] == 200
    found = own_pages.find(hers)
    assert found is not None
    assert found.gone


def test_what_an_administrator_does_with_accounts_and_keys_is_logged_as_hers(world: World) -> None:
    from service.models import Account, AuditEntry

    browser = world.browser()
    asked = {"roll": "samordnare", "forvaltning": "", "enhet": "", "e-post": ""}
    browser.post("/konton", {"slag": "konto", "namn": "Bo", **asked})
    browser.post("/konton", {"slag": "nyckel", "namn": "lön", **asked})
    browser.post(f"/konton/konto/{Account.objects.get(name='Bo').id}/stang")
    told = AuditEntry.objects.filter(what__in=("konto skapat", "nyckel skapad", "stängd")).order_by("id")
    assert [row.by for row in told] == ["den som kör tjänsten"] * 3
