"""The pages as people use them, in Chromium: a coordinator's
whole way, once by keyboard alone, and an administration's.

Every page that can be reached is accessible in light and dark, wide and narrow, and fit for a phone. Needs Chromium and
``npm ci`` in this folder. Skipped where they are missing, except where CI=true. With ``TERMINSPLAN_BILDER=docs/bilder``
the way is recorded for the handbook.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

from outputs.html import TEMPLATES
from tests.needed import absent
from tests.service.running import Running, clean_environment, run, service
from tests.terminsplan.small import SMALL

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE_RUN = """([tags, coloursAlone]) => {
  const asked = rule => rule.tags.some(tag => tags.includes(tag));
  const colours = window.axe.getRules(['cat.color']).filter(asked).map(rule => rule.ruleId);
  const options = {runOnly: coloursAlone ? colours : tags, resultTypes: ['violations'], preload: {assets: ['media']}};
  return window.axe.run(document, options).then(found => found.violations.map(
    v => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`));
}"""
"""No rule that is asked for reads style sheets (``css-orientation-lock`` is an experiment): axe fetches none anew."""
MOST_TABS = 80
PATIENCE_MILLISECONDS = 120_000
PASSWORD = "ett långt lösenord"
PUBLIC = "https://plan.example"
HOME = Path(__file__).parents[2]
PICTURES = os.environ.get("TERMINSPLAN_BILDER")

WEEKS = (date.today() - date(2026, 11, 24)).days // 7  # noqa: DTZ011  # as the service sees the day
"""How far the small term is moved, so that its sessions were held some weeks ago."""
PLANNING_DATE = "2026-08-03"
LATE_ROUND = {
    "omgångar": SMALL["omgångar"] + "CI-3;CI;5\n",
    "tillfällen": SMALL["tillfällen"]
    + "CI-3;1;2027-01-12;09:00;16:00;Rådhuset;Ulla Berg\nCI-3;2;2027-01-26;09:00;16:00;Rådhuset;Ulla Berg\n",
}
SETTINGS = "nyckel;värde\ntermin;HT 2026\nterminsslut;2027-02-12\n"
"""No planning day: it is chosen on the page."""


def moved(text: str) -> str:
    """With all dates as many weeks later."""
    return re.sub(r"\d{4}-\d\d-\d\d", lambda found: str(date.fromisoformat(found[0]) + timedelta(weeks=WEEKS)), text)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (CHROMIUM and AXE.is_file()):
        absent("Chromium eller node_modules saknas: kör npm ci i tests/service")
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def browser(data: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        expect.set_options(timeout=PATIENCE_MILLISECONDS)
        yield started
        started.close()


@contextmanager
def opened(running: Running, browser: Browser) -> Iterator[Page]:
    """Come in by the link that opens once."""
    made = browser.new_page(locale="sv-SE")
    made.set_default_timeout(PATIENCE_MILLISECONDS)
    made.goto(running.link)
    expect(made).to_have_title("Terminer · Terminsplan")
    yield made
    made.close()


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


def faults(page: Page, *, whole: bool = False) -> list[str]:
    """What axe-core finds on the page, and where it is wider than the window: in light and wide, in dark and narrow;
    if ``whole``, in the other scheme of each width too, by the rules about colours, since nothing else differs there.
    """
    found: list[str] = []
    page.evaluate(AXE.read_text("utf-8"))
    for width, shown in zip(WIDTHS, (SCHEMES, SCHEMES[::-1]), strict=True):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in shown if whole else shown[:1]:
            page.emulate_media(color_scheme=scheme)
            seen = page.evaluate(AXE_RUN, [TAGS, scheme != shown[0]])
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
        for line in moved(text).splitlines():
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


def picture(page: Page, name: str, top: Locator | None = None) -> None:
    """For the handbook, where somebody wants it anew; from ``top`` on, or from the page's beginning."""
    if PICTURES:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1000, "height": 680})
        if top is None:
            page.evaluate("scrollTo(0, 0)")
        else:
            top.evaluate("one => one.scrollIntoView({behavior: 'instant'})")
        page.screenshot(path=HOME / PICTURES / f"{name}.png")
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def kind_of(address: str) -> str:
    """The address without what tells one term, plan or person from another."""
    parts = urlsplit(address)
    return re.sub(r"[0-9]+", "…", parts.path) + re.sub(r"=[^&]*", "=…", parts.query)


def every_page(page: Page) -> list[str]:
    """One page of each kind that can be reached from here by links, not downloads; on each what is wrong."""
    home = urljoin(page.url, "/")
    waiting, seen, found = [page.url], {kind_of(page.url)}, []
    while waiting:
        page.goto(waiting.pop(0))
        found += faults(page, whole=True)
        links = page.evaluate("[...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)")
        for link in (str(link).partition("#")[0] for link in links):
            if link.startswith(home) and kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
    assert len(seen) > 1, "links lead nowhere"
    return found


def test_dark_and_light_differ_in_colours_alone() -> None:
    css = (TEMPLATES / "style.css").read_text("utf-8")
    (dark,) = re.findall(r"prefers-color-scheme: dark\) \{\n  :root \{\n(.*?)\n  \}\n\}\n", css, re.DOTALL)
    assert css.count("prefers-color-scheme") == 1
    declared = [one.partition(":") for one in dark.replace("\n", "").split(";") if one.strip()]
    assert {value.strip() for name, _, value in declared if not name.strip().startswith("--")} == {"dark"}
    assert all(re.fullmatch(r"#[0-9a-f]{6}", value.strip()) for name, _, value in declared if "--" in name)


def test_a_coordinator_goes_from_a_workbook_to_attendance_and_a_new_plan(
    data: Path, browser: Browser, tmp_path: Path
) -> None:
    found: list[str] = []
    with service(data) as running, opened(running, browser) as page:

        def look() -> None:
            found.extend(faults(page))

        with no_trouble(page):
            new_term_and_inputs(page, look, tmp_path)
            for step in WAY:
                step(page, look)
            new_round_and_late_recruit(page, tmp_path)
            replan(page, look)
            letters(page)
            page.goto(running.address)
            found += every_page(page)
        page.goto(f"{running.address}/finns-inte")
        look()
    assert found == []


def test_a_unit_sees_its_own_people_and_reports_and_the_door_is_accessible(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    example = json.dumps({"data": str(data), "example": "krokom"})
    subprocess.run(
        [sys.executable, "-m", "service", "exempel", example],
        cwd=HOME,
        env=clean_environment(),
        check=True,
        timeout=300,
    )
    unit = ("forvaltning", "--forvaltning", "KR", "--enhet", "Barn och unga")
    for name, *more in (("admin", "administrator"), ("unga", *unit)):
        told = run("konto", "skapa", name, "--roll", *more, "--data", str(data), given=f"{PASSWORD}\n{PASSWORD}\n")
        assert told.returncode == 0, told.stderr
    settings = {"PUBLIK_ADRESS": PUBLIC, "PROXY": "127.0.0.1", "HEMLIG_NYCKEL": "x" * 50}
    environment = {f"TERMINSPLAN_{name}": value for name, value in settings.items()}
    found: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        service(data, "--delad", port=port, environment=environment),
        behind_a_proxy(f"127.0.0.1:{port}", browser) as page,
    ):
        page.goto(PUBLIC)
        expect(page).to_have_title("Logga in · Terminsplan")
        found += faults(page)
        log_in(page, "unga", "fel lösenord")
        expect(page.get_by_role("alert")).to_be_visible()
        found += faults(page)
        log_in(page, "unga", PASSWORD)
        page.get_by_role("table").get_by_role("link").click()
        expect(page.get_by_text("Albin Aronsson").first).to_be_visible()
        expect(page.get_by_text("Julia Berggård")).to_have_count(0)
        page.locator("summary", has_text="Anmäl nyanställd").click()
        form = page.locator("form", has=page.get_by_role("button", name="Anmäl nyanställd"))
        form.get_by_label("Namn").fill("Nils Ny")
        form.get_by_label("Första dag").fill("2026-09-01")
        found += faults(page)
        form.get_by_role("button", name="Anmäl nyanställd").click()
        expect(page.get_by_text("Nils Ny")).to_be_visible()
        page.goto(PUBLIC)
        found += every_page(page)
        page.goto(f"{PUBLIC}/konton")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found += faults(page)
        page.goto(PUBLIC)
        page.get_by_role("button", name="Logga ut").click()
        log_in(page, "admin", PASSWORD)
        found += every_page(page)
    assert found == []


@contextmanager
def behind_a_proxy(here: str, browser: Browser) -> Iterator[Page]:
    """A page whose requests for the public address are handed on as a proxy does that ends TLS."""
    made = browser.new_page(locale="sv-SE")
    made.set_default_timeout(PATIENCE_MILLISECONDS)

    def hand_on(route: Route) -> None:
        asked = route.request
        parts = urlsplit(asked.url)
        headers = {**asked.all_headers(), "host": urlsplit(PUBLIC).netloc, "x-forwarded-proto": "https"}
        headers = {name: value for name, value in headers.items() if not name.startswith(":")}
        connection = http.client.HTTPConnection(here, timeout=60)
        connection.request(
            asked.method,
            f"{parts.path}?{parts.query}",
            body=asked.post_data_buffer,
            headers={**headers, "accept-encoding": ""},
        )
        answer = connection.getresponse()
        told = {name: "\n".join(answer.headers.get_all(name) or ()) for name in answer.headers}
        if onward := answer.headers[
            "Location"
        ]:  # what a redirect leads to is not handed on by Playwright, what a page leads to is
            page = f'<meta http-equiv="refresh" content="0;url={urldefrag(urljoin(asked.url, onward))[0]}">'
            route.fulfill(status=200, headers={**told, "Content-Type": "text/html"}, body=page)
        else:
            route.fulfill(status=answer.status, headers=told, body=answer.read())
        connection.close()

    made.route(f"{PUBLIC}/**", hand_on)
    yield made
    made.close()


def log_in(page: Page, name: str, password: str) -> None:
    """At the door."""
    page.get_by_label("Namn").fill(name)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in", exact=True).click()


def test_the_way_from_a_new_term_to_publication_needs_the_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with service(tmp_path / "data") as running, opened(running, browser) as page, no_trouble(page):
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
    picture(page, "underlag-fel")

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
    page.get_by_label("Planeringsdag").fill(moved(PLANNING_DATE))
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
    picture(page, "prova")
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
    """Who was there."""
    page.get_by_role("link", name="Närvaro").click()
    look()
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("checkbox").first.uncheck()
    look()
    picture(page, "narvaro")
    page.get_by_role("button", name="Spara närvaro").click()
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()


def new_round_and_late_recruit(page: Page, folder: Path) -> None:
    """The workbook as it is now, with a round more, dropped on the page; somebody more by a form."""
    page.get_by_role("link", name="Underlag").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta arbetsbok").click()
    place = folder / "hamtad.xlsx"
    download.value.save_as(place)
    with_rows(
        place, {name: text.splitlines()[-rows:] for (name, text), rows in zip(LATE_ROUND.items(), (1, 2), strict=True)}
    )
    drop(page, page.get_by_label("Arbetsbok (.xlsx)"), place)
    page.get_by_role("button", name="Ladda upp underlag").click()
    page.get_by_role("link", name="Lägg till").click()
    late = {"id": "p9", "namn": "Eva Nilsson", "förvaltning": "N", "anställd_från": moved("2026-11-02")}
    for column, value in late.items():
        page.locator(f"input[name='{column}']").fill(value)
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("cell", name="Eva Nilsson")).to_be_visible()


def replan(page: Page, look: Callable[[], None]) -> None:
    """What has come in, three plans side by side, one of them chosen and published."""
    page.get_by_role("link", name="Planera om", exact=True).click()
    expect(page.get_by_text("Nya personer: Eva Nilsson.")).to_be_visible()
    look()
    page.get_by_label("Längsta tid").fill("20")
    page.get_by_role("button", name="Planera om").click()
    expect(page.get_by_role("status")).to_have_text("Planerar om.")
    page.evaluate("window.same = true")
    expect(page.get_by_role("status")).to_have_text("Förslagen är klara.")
    assert page.evaluate("window.same"), "the page tells how it goes without being loaded anew"
    page.get_by_role("button", name="Välj varsam").click()
    expect(page.get_by_role("heading", name="Ändringarna att skicka")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Eva Nilsson")).to_be_visible()
    look()
    picture(page, "planera-om", page.get_by_role("heading", name="De tre stabiliteterna"))
    page.get_by_role("link", name="Gå vidare till Publicera").click()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("heading", name="Prenumerationer", exact=True)).to_be_visible()


def letters(page: Page) -> None:
    """Shown before they are sent."""
    page.get_by_role("link", name="Utskick").click()
    expect(page.get_by_role("heading", name="Utskick", level=1)).to_be_visible()
    expect(page.get_by_text("Eva Nilsson").first).to_be_visible()


def with_rows(place: Path, more: dict[str, list[str]]) -> None:
    """A workbook of the service's with rows below the last one, by the headings that they are under."""
    book = load_workbook(place)
    for name, lines in more.items():
        sheet = book[name]
        titles = SMALL[name].splitlines()[0].split(";")
        cells = (cell for row in sheet.iter_rows(max_row=5) for cell in row)
        heading = {str(cell.value).removesuffix("*").strip(): cell.column or 0 for cell in cells}
        last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, heading[titles[0]]).value)
        for number, line in enumerate(lines, last + 1):
            for title, value in zip(titles, moved(line).split(";"), strict=True):
                sheet.cell(number, heading[title]).value = value
    book.save(place)


def drop(page: Page, target: Locator, file: Path) -> None:
    """A file from the desktop let go over a control."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] - 8}
    for step in ("dragEnter", "dragOver", "drop"):
        held = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
        session.send("Input.dispatchDragEvent", {"type": step, **where, "data": held})
    session.detach()
    assert target.evaluate("one => one.files.length") == 1


WAY = (plan, find_a_person, try_and_lock, publish, subscribe, take_attendance)
"""The steps from the first plan to the sessions; each begins at the page where the one before it ended."""
