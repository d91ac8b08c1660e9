"""rapport.html parsed as a browser would, without one."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import pytest

from models.change import PlanDiff
from models.ids import State
from models.plan import LevelResult
from outputs import words
from outputs.figures import Figures
from outputs.html import environment, make_ready, report
from outputs.page import lists, timeline
from tests.outputs import sample

TERM = sample.problem()
MADE = sample.plan(TERM)
DIFF = sample.changes(MADE)
VOID = {"col", "meta", "link", "br", "img", "input", "hr"}
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{ 7*7 }}&amp;"


class Page(HTMLParser):
    """Tags in order, with whether they nest, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="module")
def html() -> str:
    return report(TERM, MADE, changes=DIFF).decode()


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_page_is_swedish_whole_and_has_a_title(page: Page, html: str) -> None:
    assert html.startswith("<!doctype html>")
    assert page.open == []
    assert page.all("html") == [{"lang": "sv"}]
    assert "Terminsplan HT 2026" in page.text


def test_nothing_is_fetched_from_anywhere(page: Page, html: str) -> None:
    assert page.all("script") == [{}]
    assert not page.all("iframe", "object", "embed", "form")
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "action", "srcset"):
            assert str(attributes.get(name, "#")).startswith(("#", "data:,"))
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)
    assert "default-src 'none'" in html


def test_no_other_script_runs_than_the_one_whose_hash_the_policy_names(html: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html
    assert not re.search(r"fetch|import|https?:|eval|innerHTML", script)


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_every_link_within_the_page_arrives(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [str(a["href"])[1:] for a in page.all("a", "use") if str(a.get("href")).startswith("#")]
    assert targets
    assert set(targets) <= set(ids)


def test_landmarks_and_skip_link_are_there(page: Page) -> None:
    for tag in ("header", "nav", "main", "footer"):
        assert len(page.all(tag)) == 1
    assert page.all("a")[0] == {"class": "skip", "href": "#innehall"}


def test_tables_have_captions_and_scopes_and_wide_ones_can_be_scrolled_by_keyboard(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(a.get("scope") for a in page.all("th"))
    regions = [a for a in page.all("div") if a.get("role") == "region"]
    assert len(regions) == len(page.all("table"))
    assert all(a.get("tabindex") == "0" and a.get("aria-label") for a in regions)


def test_every_drawing_has_words_or_is_decoration(page: Page) -> None:
    told = [a for a in page.all("svg") if a.get("role") == "img"]
    assert len(told) >= len(TERM.rounds)
    assert all(a["aria-label"] for a in told)
    assert any(a["aria-label"] == "CI-HT26-1: tis 25 aug 9 av 9 platser; tis 8 sep 8 av 9 platser" for a in told)
    assert any("Barn och unga" in str(a["aria-label"]) and "borta" in str(a["aria-label"]) for a in told)


def test_the_questions_of_a_manager_are_answered_first(page: Page) -> None:
    text = " ".join(page.text.split())
    assert "Blir alla klara i tid? 93 % 81 av 87 krav blir klara i tid. 5 saknar plats och 1 blir försenat." in text
    assert "Var är det trångt? YR-HT26-3" in text
    assert "Är det rättvist mellan förvaltningarna? 11 procentenheter skiljer" in text
    assert "Vilka enheter är ansträngda?" in text
    assert "Kommer ärendena före utbildningen?" in text


def test_who_shares_unit_deadline_and_reasons_stands_in_one_line_and_no_change_is_said_to_help_all_of_them() -> None:
    late = next(r for r in MADE.requirements if r.state is State.MISSING and r.suggestions)
    first = TERM.hire_by_id[late.hire]
    more = [first.model_copy(update={"id": f"x{n}", "name": f"Person {n}"}) for n in range(3)]
    rows = tuple(late.model_copy(update={"hire": hire.id}) for hire in more)
    term = TERM.model_copy(update={"hires": (*TERM.hires, *more)})
    page = Page(report(term, MADE.model_copy(update={"requirements": (*MADE.requirements, *rows)})).decode())
    text = " ".join(page.text.split())
    assert "Person 0, Person 1" in text
    assert "något av de här" in text


def test_each_one_not_on_time_is_there_with_reasons_and_what_would_help(page: Page) -> None:
    text, figures = " ".join(page.text.split()), Figures(TERM, MADE)
    for requirement in MADE.requirements:
        if requirement.state in (State.MISSING, State.LATE):
            for line in words.ReasonLines(TERM, MADE.planning_date).of(requirement):
                assert line in text
            for idea in requirement.suggestions:
                gain = figures.gain(requirement, idea)
                told = [words.suggestion(TERM, requirement, idea, gain, several=several) for several in (False, True)]
                assert any(words.sentence(one) in text for one in told)


def test_hundreds_without_a_seat_for_the_same_reasons_are_told_of_them_once() -> None:
    lost = next(r for r in MADE.requirements if r.state is State.MISSING and r.reasons)
    hires = tuple(
        sample.problem().hires[0].model_copy(update={"id": f"x{n}", "name": f"Person {n}"}) for n in range(200)
    )
    term = TERM.model_copy(update={"hires": (*TERM.hires, *hires)})
    many = tuple(lost.model_copy(update={"hire": h.id}) for h in hires)
    page = Page(report(term, MADE.model_copy(update={"requirements": many})).decode())
    assert [a.get("class") for a in page.all("ol")] == ["cases"]
    assert page.text.count("Det här skulle hjälpa") - page.text.count("Det här skulle hjälpa mest") == 1
    assert "Person 199" in page.text


def test_levels_are_explained_with_value_bound_and_proof(page: Page) -> None:
    text = " ".join(page.text.split())
    for result in MADE.levels:
        assert result.name.words.title in text
        assert words.level_value(result.name, result.value).replace("\u00a0", " ") in text.replace("\u00a0", " ")
        assert result.name.words.meaning in text
    assert text.count("Inte bevisat bäst") == 3


def test_opened_proposals_say_what_they_are_for(page: Page) -> None:
    text = " ".join(page.text.split())
    assert "Socialförvaltningen Nordost 4, Socialförvaltningen Centrum 2 och Socialförvaltningen Sydväst 2" in text
    assert "Öppnas inte: YR-HT26-4." in text


def test_changes_are_shown_only_after_a_replan(page: Page) -> None:
    assert "Ändringar sedan förra planen" in page.text
    assert "4 platser är ändrade för 2 personer" in page.text
    assert "Ändringar sedan förra planen" not in report(TERM, MADE).decode()
    nothing = report(TERM, MADE, changes=PlanDiff(changes=(), unchanged=7)).decode()
    assert "Ingenting är ändrat sedan förra planen: 7 platser är som förut." in nothing


def test_hostile_names_stay_text_everywhere() -> None:
    term = sample.problem(16, name=HOSTILE)
    made = sample.plan(term)
    page = Page(report(term, made, changes=sample.changes(made)).decode())
    assert page.all("script") == [{}]
    assert not page.all("img")
    assert not [a for _, a in page.tags if any(name.startswith("on") for name in a)]
    assert HOSTILE in page.text


def test_hostile_ids_stay_text_too() -> None:
    rounds = tuple(r.model_copy(update={"id": f"{r.id}<b onclick=x>"}) for r in TERM.rounds)
    sessions = tuple(s.model_copy(update={"round": f"{s.round}<b onclick=x>"}) for s in TERM.sessions)
    term = TERM.model_copy(update={"rounds": rounds, "sessions": sessions, "quotas": ()})
    page = Page(report(term, sample.plan(term)).decode())
    assert not page.all("b")


def test_the_same_plan_gives_the_same_bytes() -> None:
    again = sample.problem()
    assert report(TERM, MADE, changes=DIFF) == report(again, sample.plan(again), changes=DIFF)


def test_a_report_whose_pages_were_made_ready_compiles_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    environment.cache_clear()
    make_ready()
    monkeypatch.setattr(environment(), "compile", lambda *_, **__: pytest.fail("compiled while it is written"))
    assert report(TERM, MADE, changes=DIFF)


def test_a_perfect_plan_says_yes() -> None:
    done = tuple(
        r.model_copy(update={"reasons": (), "suggestions": ()}) for r in MADE.requirements if r.state is State.ON_TIME
    )
    proven = tuple(LevelResult(name=r.name, value=0, bound=0, proven=True) for r in MADE.levels)
    text = " ".join(
        Page(report(TERM, MADE.model_copy(update={"requirements": done, "levels": proven})).decode()).text.split()
    )
    assert "Ja. Alla" in text
    assert "Ingen blir försenad, och ingen saknar plats." in text
    assert "Varje nivå är bevisat bästa möjliga" in text


def test_an_empty_plan_is_a_page_too() -> None:
    term = TERM.model_copy(update={"rounds": (), "sessions": (), "quotas": (), "breaks": (), "holidays": ()})
    made = MADE.model_copy(update={"bookings": (), "requirements": (), "rounds": (), "levels": ()})
    text = " ".join(Page(report(term, made).decode()).text.split())
    assert "Ingen frist går ut under terminen." in text
    assert "Inga omgångar." in text


def test_long_lists_are_cut_with_a_word_about_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_PEOPLE", 2)
    monkeypatch.setattr(lists, "MOST_CHANGES", 1)
    monkeypatch.setattr(timeline, "MOST_ROUNDS", 3)
    text = " ".join(Page(report(TERM, MADE, changes=DIFF).decode()).text.split())
    assert "Här visas 2 av 6. Alla finns i plan.xlsx, bladet Ej i tid." in text
    assert "Här visas 1 av 4. Alla finns i plan.xlsx, bladet Ändringar." in text
    assert "Tidslinjen visar de 3 fullaste av 21 omgångar." in text


def test_labels_of_neighbouring_breaks_do_not_run_into_each_other() -> None:
    from datetime import date

    from models.problem import Break
    from outputs.page.scale import Scale

    breaks = tuple(
        Break(name=f"Ett ganska långt lov {n}", first=date(2026, 10, n), last=date(2026, 10, n)) for n in (5, 7, 9)
    )
    ticks = Scale(*MADE.horizon).break_labels(TERM.model_copy(update={"breaks": breaks}))
    assert [t.row for t in ticks] == [0, 1, 2]
