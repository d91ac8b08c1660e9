"""A coordinator's way through the real pages, in Chromium: upload, plan, publish, subscribe; every page looked at by axe."""

from __future__ import annotations

import re
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.needed import absent
from tests.service.running import Running, service
from tests.service.world import UNITS
from tests.terminsplan.small import write_tables

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(__file__).parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = (("light", 1280), ("dark", 390))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    if CHROMIUM is None or not AXE.is_file():
        absent("Chromium eller node_modules saknas: kör npm ci i tests/browser")
    with service(tmp_path_factory.mktemp("service") / "data") as found:
        yield found


@pytest.fixture(scope="module")
def page(running: Running) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page: Any = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(120_000)
        page.faults = []
        page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(running.link)
        yield page
        browser.close()


def looked_at(page: Any, address: str) -> None:  # noqa: ANN401
    """No fault that axe knows, and nothing wider than the window, in light and dark, wide and narrow."""
    for scheme, width in VIEWS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        session = page.context.new_cdp_session(page)
        session.send("Page.setBypassCSP", {"enabled": True})
        page.reload()
        page.add_script_tag(path=AXE)
        found = page.evaluate("tags => axe.run({runOnly: tags})", RULES)
        assert found["passes"]
        told = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]]
        assert told == [], (address, scheme, width)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (address, width)
        session.send("Page.setBypassCSP", {"enabled": False})
        session.detach()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.reload()


def test_from_upload_to_subscription(page: Any, tmp_path: Path) -> None:  # noqa: ANN401
    tables = write_tables(tmp_path / "tables", nyanställda=UNITS)
    archive = shutil.make_archive(str(tmp_path / "underlag"), "zip", tables)
    page.get_by_label("Terminens namn").fill("HT 2026")
    page.get_by_role("button", name="Ny termin").click()
    page.locator("input[name=fil]").set_input_files(archive)
    page.get_by_role("button", name="Ladda upp underlag").click()
    page.get_by_role("link", name="Gå vidare till Planera").click()
    page.get_by_role("button", name="Planera", exact=True).click()
    page.get_by_role("link", name="Visa planen").click()
    page.get_by_role("link", name="Personer", exact=True).click()
    page.get_by_role("link", name="Bo Ek").click()
    page.get_by_role("button", name=re.compile("^Lås")).click()
    assert page.get_by_text("Låst för hand").count() > 0
    page.get_by_role("button", name=re.compile("^Släpp")).click()
    assert page.get_by_text("Låst för hand").count() == 0
    page.get_by_role("button", name="Prova").click()
    page.get_by_text("Svaret är klart.").wait_for()
    page.go_back()
    page.goto(page.url.replace("/jobb/", "/planer/") if "/jobb/" in page.url else page.url)
    page.get_by_role("link", name="Publicera", exact=True).click()
    page.get_by_role("button", name="Publicera").click()
    page.get_by_label("Sök person").fill("Bo Ek")
    page.get_by_role("button", name="Sök").click()
    page.get_by_role("button", name="Skapa länk").click()
    with urllib.request.urlopen(page.get_by_label("Adress").input_value()) as answer:
        assert b"BEGIN:VEVENT" in answer.read()
    assert page.faults == []


def test_every_page_is_accessible(page: Any, running: Running) -> None:  # noqa: ANN401
    for address in (
        "/",
        "/terminer/1/underlag",
        "/terminer/1/planera",
        "/jobb/1",
        "/planer/1",
        "/planer/1/personer",
        "/planer/1/person?id=p1",
        "/planer/1/omgangar",
        "/planer/1/publicera",
        "/terminer/1/prenumerationer",
        "/terminer/1/inkommet",
        "/terminer/1/utskick",
        "/terminer/1/underlag/rad?tabell=nyanställda&rad=2",
        "/terminer/1/narvaro",
        "/terminer/1/narvaro/tillfalle?id=CI-1-1",
        "/rapporter",
        "/konton",
        "/logg",
        "/finns-inte",
    ):
        looked_at(page, running.address + address)


def test_a_term_is_begun_by_keyboard_alone(page: Any, running: Running) -> None:  # noqa: ANN401
    page.goto(running.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "namn":
            break
    page.keyboard.type("VT 2027")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Underlag").wait_for()
