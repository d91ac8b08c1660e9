"""The pages as a coordinator uses them, in Chromium: her whole way, once by keyboard alone; every page accessible, and fit for a phone.

Needs Chromium and ``npm ci`` in this folder. Skipped where they are missing, except where CI=true.
"""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.needed import absent
from tests.service.running import Running, service
from tests.terminsplan.small import SMALL

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)
MOST_TABS = 80
SETTINGS = "nyckel;värde\ntermin;HT 2026\nterminsslut;2026-12-18\n"
"""No planning day: it is chosen on the page, and attendance is taken on the day that it is."""
PATIENCE_MILLISECONDS = 120_000


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    if not (CHROMIUM and AXE.is_file()):
        absent("Chromium eller node_modules saknas: kör npm ci i tests/service")
    with service(tmp_path_factory.mktemp("data")) as started:
        yield started


@pytest.fixture(scope="module")
def browser(running: Running) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="module")
def page(running: Running, browser: Browser) -> Page:
    """Come in by the link that opens once."""
    made = browser.new_page(locale="sv-SE")
    made.set_default_timeout(PATIENCE_MILLISECONDS)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    made.goto(running.link)
    expect(made).to_have_title("Terminer · Terminsplan")
    return made


@contextmanager
def no_trouble(page: Page) -> Iterator[None]:
    """Nothing is fetched from elsewhere, and no script fails or is refused."""
    told: list[str] = []
    home = page.url.partition("//")[2].partition("/")[0]
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda asked: told.append(asked.url) if not asked.url.startswith((f"http://{home}/", "data:")) else None,
    )
    yield
    assert told == []


def faults(page: Page) -> list[str]:
    """What axe-core finds on the page in light and dark, wide and narrow, and where it is wider than the window."""
    found: list[str] = []
    page.evaluate(AXE.read_text("utf-8"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            seen = page.evaluate(
                "tags => window.axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations.map("
                "v => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`))",
                TAGS,
            )
            found += [f"{page.url} {scheme} {width} {fault}" for fault in seen]
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            found.append(f"{page.url} är bredare än {width}")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def workbook(place: Path, **changed: str) -> Path:
    """The small term as a coordinator's workbook."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, text in (SMALL | {"inställningar": SETTINGS} | changed).items():
        sheet = made.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(";"))
    made.save(place)
    return place


def wait_for_plan(page: Page, look: Callable[[], None] = lambda: None) -> None:
    """The job's page tells how it goes without being loaded anew."""
    expect(page.get_by_role("status")).to_have_text(re.compile("Väntar på sin tur|Planerar"))
    page.evaluate("window.same = true")
    look()
    expect(page.get_by_role("status")).to_have_text("Planen är klar.")
    assert page.evaluate("window.same")


def fetched(address: str, **headers: str) -> tuple[int, str, str]:
    """Status, strong validator and text of a calendar, as a calendar program fetches it."""
    asked = urllib.request.Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.headers["ETag"], answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers["ETag"] or "", answer.read().decode()


def test_a_coordinator_goes_from_a_workbook_to_attendance(page: Page, tmp_path: Path) -> None:
    found: list[str] = []

    def look() -> None:
        found.extend(faults(page))

    with no_trouble(page):
        new_term_and_inputs(page, look, tmp_path)
        for step in (plan, find_a_person, try_and_lock, publish, subscribe, take_attendance):
            step(page, look)
    assert found == []


def test_the_way_from_a_new_term_to_publication_needs_the_keyboard_alone(page: Page, running: Running) -> None:
    page.goto(running.address)
    with no_trouble(page):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_label("Terminens namn"))
        page.keyboard.type("Med tangenter")
        tab_to(page, page.get_by_role("radio", name="ingenting"))
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="ett exempel")).to_be_checked()
        tab_to(page, page.get_by_role("combobox", name="Exempel"))
        page.keyboard.type("kiruna")
        expect(page.get_by_role("combobox", name="Exempel")).to_have_value("kiruna")
        press(page, page.get_by_role("button", name="Ny termin"))
        press(page, page.get_by_role("link", name="Gå vidare till Planera"))
        tab_to(page, page.get_by_label("Längsta tid"))
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type("10")
        press(page, page.get_by_role("button", name="Planera"))
        expect(page.get_by_text("Sekunder kvar")).to_be_visible()
        wait_for_plan(page)
        press(page, page.get_by_role("link", name="Visa planen"))
        press(page, page.get_by_role("link", name="Publicera", exact=True))
        press(page, page.get_by_role("button", name="Publicera"))
        expect(page.get_by_role("heading", name="Prenumerationer", exact=True)).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab on until it has the focus, which must be seen."""
    expect(wanted).to_have_count(1)
    for _ in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            assert wanted.evaluate("one => getComputedStyle(one).outlineStyle") != "none", "fokus syns inte"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} nås inte med Tab")


def press(page: Page, wanted: Locator) -> None:
    """Tab to it and press Enter."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def new_term_and_inputs(page: Page, look: Callable[[], None], folder: Path) -> None:
    """A workbook with a fault, which is shown where it is; then the right one."""
    look()

    page.get_by_label("Terminens namn").fill("HT 2026")
    page.get_by_label("en arbetsbok, eller en zip-fil").check()
    wrong = SMALL["nyanställda"].replace("Bo Ek;C", "Bo Ek;X")
    page.get_by_label("Fil", exact=True).set_input_files(workbook(folder / "ht2026.xlsx", nyanställda=wrong))
    page.get_by_role("button", name="Ny termin").click()
    row = page.get_by_role("table", name="Fel att rätta").get_by_role("row").nth(1)
    expect(row.get_by_role("cell")).to_contain_text(["nyanställda", "3", "förvaltning", "X"])
    look()

    page.get_by_label("Arbetsbok (.xlsx)").set_input_files(workbook(folder / "ratt.xlsx"))
    page.get_by_label("Ett ord om vad som är nytt").fill("Bo Eks förvaltning rättad")
    page.get_by_role("button", name="Ladda upp underlag").click()
    expect(page.get_by_role("paragraph").filter(has_text="Version 2")).to_be_visible()
    expect(page.get_by_role("table", name="Fel att rätta")).to_have_count(0)
    look()


def plan(page: Page, look: Callable[[], None]) -> None:
    """A plan, told as it is made."""
    page.get_by_role("link", name="Gå vidare till Planera").click()
    page.get_by_label("Längsta tid").fill("20")
    page.get_by_label("Planeringsdag").fill("2026-08-03")
    look()
    page.get_by_role("button", name="Planera").click()
    wait_for_plan(page, look)
    look()
    page.get_by_role("link", name="Visa planen").click()
    look()
    page.get_by_role("link", name="Omgångar").click()
    look()


def find_a_person(page: Page, look: Callable[[], None]) -> None:
    """Who has no seat, and why."""
    page.get_by_role("link", name="Personer").click()
    look()
    page.get_by_role("searchbox", name="Sök").fill("Åsa Öberg")
    page.get_by_role("button", name="Visa").click()
    page.get_by_role("link", name="Åsa Öberg").click()
    expect(page.get_by_role("heading", name="Varför ingen")).to_be_visible()
    look()


def try_and_lock(page: Page, look: Callable[[], None]) -> None:
    """Another round for her, what it costs, and that it is decided by hand."""
    page.get_by_label("Omgång för Central introduktion").select_option("CI-2")
    page.get_by_role("button", name="Prova").click()
    expect(page.get_by_role("status")).to_have_text("Svaret är klart.")
    look()
    page.get_by_role("button", name="Lås så, och gör ett utkast").click()
    wait_for_plan(page)
    page.get_by_role("link", name="Visa planen").click()
    page.get_by_role("link", name="Personer").click()
    page.get_by_role("link", name="Åsa Öberg").click()
    expect(page.get_by_text("Låst för hand").first).to_be_visible()
    page.get_by_role("button", name="Släpp").click()
    expect(page.get_by_text("Låst för hand")).to_have_count(0)
    page.get_by_role("button", name="Lås").click()
    expect(page.get_by_text("Låst för hand").first).to_be_visible()
    look()


def publish(page: Page, look: Callable[[], None]) -> None:
    """What is published stands on the page."""
    page.get_by_role("link", name="Publicera", exact=True).click()
    look()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("heading", name="Prenumerationer", exact=True)).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_text("Den här planen är publicerad")).to_be_visible()
    look()


def subscribe(page: Page, look: Callable[[], None]) -> None:
    """A calendar by link, until the link is closed."""
    page.get_by_role("link", name="Till Prenumerationer").click()
    page.get_by_label("Sök person").fill("Åsa Öberg")
    page.get_by_role("button", name="Sök").click()
    page.get_by_role("button", name="Skapa länk").click()
    address = page.get_by_label("Adress").input_value()
    status, tag, calendar = fetched(address)
    assert (status, "Central introduktion" in calendar) == (200, True)
    assert fetched(address, If_None_Match=tag)[0] == 304
    look()
    page.get_by_role("button", name="Stäng länk").click()
    expect(page.get_by_text("Stängd")).to_be_visible()
    assert fetched(address)[0] == 410


def take_attendance(page: Page, look: Callable[[], None]) -> None:
    """Who was there, and pages that one looks at seldom."""
    page.get_by_role("link", name="Närvaro").click()
    look()
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("checkbox").first.uncheck()
    look()
    page.get_by_role("button", name="Spara närvaro").click()
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()

    for name in ("Inkommet", "Konton", "Logg", "Terminer"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        look()
