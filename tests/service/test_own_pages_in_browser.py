"""Pages by secret link, and an administration's, as people use
them: by phone without script, by keyboard; all of them accessible.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright
from waitress.server import create_server

from service.config import Config
from tests.needed import absent
from tests.service.own_pages import is_today, link, term_of_introductions
from tests.service.test_access import PASSWORD
from tests.service.test_browser import AXE, CHROMIUM, PATIENCE_MILLISECONDS, QUIET, faults, tab_to
from tests.service.world import World

PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def address(world: World, config: Config) -> Iterator[str]:
    """The service of this process, where a browser reaches it."""
    from service.web import Front

    if not (CHROMIUM and AXE.is_file()):
        absent("Chromium eller node_modules saknas: kör npm ci i tests/service")
    server = create_server(Front(config), host="127.0.0.1", port=0, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[union-attr]
    server.close()
    server.asyncore.close_all(server._map)  # type: ignore[union-attr]
    thread.join()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's own loop runs beside the rows
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


def test_a_phone_without_script_is_enough(
    world: World, address: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_today(monkeypatch, "2026-09-01")
    term = world.published(term_of_introductions(world)).term
    hers, mentors, trainers = (
        address + link(world, term, kind, owner)
        for kind, owner in (("person", "p4"), ("mentor", "m1"), ("utbildare", "ub"))
    )
    page = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="sv-SE").new_page()
    page.goto(hers)
    page.get_by_role("checkbox", name="Läs riktlinjerna").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("Sparat")
    expect(page.get_by_role("checkbox", name="Läs riktlinjerna")).to_be_checked()
    page.get_by_label("Tillfälle").select_option(index=1)
    page.get_by_role("button", name="Jag kan inte komma").click()
    expect(page.get_by_text("väntar på samordnaren")).to_be_visible()
    page.goto(mentors)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.goto(trainers)
    page.get_by_role("link", name="Fyll i närvaron").first.click()
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Spara närvaro").click()
    expect(page.get_by_role("status")).to_contain_text("Sparat")
    page.get_by_role("link", name="Ändra närvaron").first.click()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()


def test_the_pages_are_accessible_and_need_the_keyboard_alone(
    world: World, config: Config, address: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import override_settings

    from service import reports, rights
    from service.access import Actor

    is_today(monkeypatch, "2026-09-01")
    term = world.published(term_of_introductions(world)).term
    trainers = link(world, term, "utbildare", "ub")
    paths = [
        link(world, term, "person", "p4"),
        link(world, term, "mentor", "m1"),
        trainers,
        f"{trainers}/narvaro?id=CI-1-1",
        f"{trainers}/narvaro?id=CI-1-2",
        f"{trainers}/narvaro?id=CI-9-9",
    ]
    page = browser.new_page(locale="sv-SE", bypass_csp=True)
    found: list[str] = []
    for path in paths:
        page.goto(address + path)
        found += faults(page)
    page.goto(address + paths[0])
    tab_to(page, page.get_by_role("checkbox", name="Läs riktlinjerna"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Spara"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Sparat")
    rights.make_account({"name": "nord", "role": "forvaltning", "organisation": "N", "unit": ""}, PASSWORD)
    absence = {"person": "p1", "från": "2026-09-01", "till": "2026-09-02"}
    reports.make(term, reports.ABSENCE, absence, Actor("nord", "forvaltning", "N"))
    with override_settings(CONFIG=replace(config, shared=True)):
        page.goto(f"{address}/logga-in")
        page.get_by_label("Namn").fill("nord")
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.goto(f"{address}/terminer/{term.id}/forvaltning")
        page.get_by_role("button", name="Skapa länk till kalendern").click()
        page.get_by_text("Anmäl nyanställd").first.click()
        found += faults(page)
        page.get_by_label("Namn", exact=True).fill("Ny Person")
        page.get_by_label("Första dag").fill("2026-09-21")
        page.get_by_role("button", name="Anmäl nyanställd").click()
        expect(page.get_by_text("nyanställd, Ny Person.")).to_be_visible()
    assert found == []
