"""Long lists are paged: every row is on exactly one page, and
turning one list leaves the others and what was sought as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from tests.service.world import World

MANY = 137


def turned(browser: Any, path: str, label: str) -> Iterator[str]:  # noqa: ANN401
    """The page, and all that «Nästa» of the list so labelled leads to."""
    while True:
        page = browser.get(path).content.decode()
        yield page
        nav = re.search(rf'<nav class="pages" aria-label="Sidor: {re.escape(label)}">(.*?)</nav>', page, re.DOTALL)
        onwards = re.search(r'href="([^"]*)" rel="next"', nav[1]) if nav else None
        if onwards is None:
            return
        path = path.partition("?")[0] + html.unescape(onwards[1])


def test_every_account_and_every_key_stands_on_one_page_and_the_open_ones_come_first(world: World) -> None:
    from service.models import Account, ApiKey

    names = {f"konto-{number:03}" for number in range(MANY)}
    Account.objects.bulk_create(Account(name=name, role="samordnare", active=name != "konto-000") for name in names)
    ApiKey.objects.bulk_create(
        ApiKey(name=name.replace("konto", "nyckel"), role="samordnare", digest=name) for name in names
    )
    pages = list(turned(world.browser(), "/konton", "Konton"))
    found = [name for page in pages for name in re.findall(r'"row">(konto-\d+)', page)]
    assert sorted(found) == sorted(names)
    assert found[-1] == "konto-000"
    assert len(pages) == 3
    assert all(re.findall(r'"row">(nyckel-\d+)', page)[0] == "nyckel-000" for page in pages)


def test_findings_are_paged_and_turning_them_keeps_the_table_that_is_looked_at(world: World) -> None:
    from service.models import InputVersion

    term = world.term()
    told = [
        {"table": "nyanställda", "row": n, "column": "id", "value": f"v{n}", "message": "är fel", "text": f"rad {n}"}
        for n in range(MANY)
    ]
    InputVersion.objects.filter(term=term).update(errors=told, warnings=told[:60], plannable=False)
    address = f"/terminer/{term.id}/underlag?tabell=omg%C3%A5ngar"
    pages = list(turned(world.browser(), address, "Fel att rätta"))
    found = [value for page in pages for value in re.findall(r"<q>v(\d+)</q>", page.partition("Varningar")[0])]
    assert found == [str(number) for number in range(MANY)]
    assert all('aria-label="Tabellen omgångar"' in page for page in pages)
    warnings = list(turned(world.browser(), address, "Varningar"))
    assert [len(re.findall("<q>", page.partition("Varningar")[2])) for page in warnings] == [50, 10]


def test_a_search_among_links_finds_all_whose_name_holds_it_however_many(world: World) -> None:
    from service.models import Subscription

    term = world.term()
    Subscription.objects.bulk_create(
        Subscription(key=f"k{n}", term=term, kind="person", owner=f"q{n}", name=f"Åsa {n:03}", by="t", empty=b"")
        for n in range(MANY * 2)
    )
    pages = list(turned(world.browser(), f"/terminer/{term.id}/prenumerationer?sok=åsa", "Länkar"))
    assert len({name for page in pages for name in re.findall(r"<h3>(Åsa \d+)", page)}) == MANY * 2


def test_who_lacks_a_seat_is_paged_for_an_administration(world: World) -> None:
    from django.test import RequestFactory

    from service.access import Actor
    from service.models import PlanPerson
    from service.pages import administration

    now = world.published()
    like = now.people.get(hire="p3")
    like.states, like.organisation = "|missing|", "N"
    values = {field.name: getattr(like, field.name) for field in like._meta.fields if not field.primary_key}
    PlanPerson.objects.bulk_create(
        PlanPerson(**{**values, "hire": f"q{n}", "name": f"Lackar {n:03}", "order": f"{n:06}"}) for n in range(MANY)
    )

    class Asking:
        def get(self, path: str) -> Any:  # noqa: ANN401
            request = RequestFactory(HTTP_HOST="127.0.0.1").get(path)
            request.actor = Actor("x", "forvaltning", "N")  # type: ignore[attr-defined]
            return administration.own(request, term=now.term_id)

    pages = list(turned(Asking(), f"/terminer/{now.term_id}/forvaltning", "Saknar plats"))
    lists = [page.partition('id="saknar"')[2].partition('id="nar"')[0] for page in pages]
    found = [name for part in lists for name in re.findall(r"<h3>(Lackar \d+)", part)]
    assert len(found) == len(set(found)) == MANY
