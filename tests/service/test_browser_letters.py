"""Letters are sent and a publication is taken back on the real pages, in Chromium, with axe at each step.

Needs what ``test_browser`` needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.needed import absent
from tests.service.mail_server import MailServer, mail_server
from tests.service.running import service
from tests.service.test_browser import (
    AXE,
    CHROMIUM,
    PATIENCE_MILLISECONDS,
    QUIET,
    faults,
    plan,
    wait_for_plan,
    workbook,
)
from tests.terminsplan.small import SMALL

WITHOUT_BO = SMALL["nyanställda"].replace("p2;Bo Ek;C;2026-08-10;bo@example.se;\n", "")


@pytest.fixture
def server() -> Iterator[MailServer]:
    if not (CHROMIUM and AXE.is_file()):
        absent("Chromium eller node_modules saknas: kör npm ci i tests/service")
    with mail_server() as made:
        yield made


@pytest.fixture
def page(server: MailServer, tmp_path: Path) -> Iterator[Page]:
    """Of a service that hands its letters to the server, come in by the link that opens once."""
    settings = {"SERVER": "127.0.0.1", "PORT": str(server.port), "SAKERHET": "ingen", "AVSANDARE": "tjanst@example.se"}
    environment = {f"TERMINSPLAN_SMTP_{name}": value for name, value in {**settings, "PER_MINUT": "10000"}.items()}
    with service(tmp_path / "data", environment=environment) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        made = browser.new_page(locale="sv-SE")
        made.set_default_timeout(PATIENCE_MILLISECONDS)
        expect.set_options(timeout=PATIENCE_MILLISECONDS)
        made.goto(running.link)
        yield made
        browser.close()


def test_letters_are_sent_and_a_publication_is_taken_back(page: Page, server: MailServer, tmp_path: Path) -> None:
    found: list[str] = []

    def look() -> None:
        found.extend(faults(page))

    page.get_by_label("Terminens namn").fill("HT 2026")
    page.get_by_label("en arbetsbok, eller en zip-fil").check()
    page.get_by_label("Fil", exact=True).set_input_files(workbook(tmp_path / "a.xlsx"))
    page.get_by_role("button", name="Ny termin").click()
    plan(page, lambda: None)
    publish(page)
    send(page, server)
    look()
    replan_without_bo(page, tmp_path)
    look()
    publish(page)
    take_back(page)
    page.get_by_role("link", name="Visa planen").click()
    page.get_by_role("link", name="Publicera", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("Bo Ek")).first).to_contain_text("Ny plats")
    look()
    publish(page)
    assert found == []


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publicera", exact=True).click()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("heading", name="Prenumerationer", exact=True)).to_be_visible()


def send(page: Page, server: MailServer) -> None:
    """Read, sent, and told of one by one; the address that is refused by name."""
    server.answers["bo@example.se"] = "550 5.1.1 mailbox unavailable"
    page.get_by_role("link", name="Utskick").click()
    page.get_by_text("Bo Ek: Din introduktion").click()
    expect(page.get_by_text("Hej Bo Ek!")).to_be_visible()
    page.get_by_role("button", name="Skicka", exact=True).click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(7)
    told = page.get_by_text(re.compile(r"^5 skickat, 1 gick inte att skicka\."))
    for _ in range(60):
        if told.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(told).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Bo Ek"))).to_contain_text("550 5.1.1 mailbox unavailable")
    expect(page.get_by_role("button", name="Skicka igen till Bo Ek")).to_be_visible()
    assert len(server.received) == 5


def replan_without_bo(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Underlag").click()
    page.get_by_label("Arbetsbok (.xlsx)").set_input_files(workbook(folder / "b.xlsx", nyanställda=WITHOUT_BO))
    page.get_by_role("button", name="Ladda upp underlag").click()
    page.get_by_role("link", name="Planera", exact=True).click()
    page.get_by_label("Planeringsdag").fill("2026-08-05")
    page.get_by_role("button", name="Planera").click()
    wait_for_plan(page)
    page.get_by_role("link", name="Visa planen").click()


def take_back(page: Page) -> None:
    page.go_back()
    page.reload()
    page.get_by_label("Planeringsdag").fill("2026-08-06")
    page.get_by_role("button", name="Återta").click()
    expect(page.get_by_role("status")).to_have_text("Planen är klar.")
