"""Calendars that are subscribed to: bytes as published, conditional requests, links that are closed."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from service.config import Config
from tests.service.world import World


def subscribed(
    world: World, term: object, kind: str = "person", owner: str = "p1", organisation: str = ""
) -> tuple[int, str]:
    content = {"kind": kind, "id": owner, **({"forvaltning": organisation} if organisation else {})}
    answer = world.api("POST", f"/terms/{term.id}/subscriptions", content)  # type: ignore[attr-defined]
    assert answer.status_code == 201, answer.content
    return answer.json()["id"], urlsplit(answer.json()["url"]).path


def test_before_the_first_publication_a_calendar_is_valid_and_empty(world: World) -> None:
    _, path = subscribed(world, world.term())
    status, headers, body = world.feed(path)
    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"BEGIN:VTIMEZONE" in body
    assert b"VEVENT" not in body


@pytest.mark.parametrize(
    ("whose", "file"),
    [
        (("person", "p1", ""), "person/p1.ics"),
        (("forvaltning", "N", ""), "forvaltning/N.ics"),
        (("omgang", "CI-1", ""), "omgang/CI-1.ics"),
        (("enhet", "Norra", "N"), "enhet/N-Norra.ics"),
    ],
)
def test_the_bytes_are_those_of_the_published_plan(
    world: World, config: Config, whose: tuple[str, str, str], file: str
) -> None:
    plan = world.published()
    _, path = subscribed(world, plan.term, *whose)
    status, _, body = world.feed(path)
    assert status == 200
    assert body == (config.plans / plan.folder / "kalendrar" / file).read_bytes()


def test_a_plan_that_is_not_published_is_seen_by_nobody(world: World) -> None:
    plan = world.plan(world.term())
    _, path = subscribed(world, plan.term)
    assert b"VEVENT" not in world.feed(path)[2]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"a,b" , W/{}', "*"])
def test_whoever_has_the_bytes_gets_304_with_the_validators_and_no_body(world: World, form: str) -> None:
    plan = world.published()
    _, path = subscribed(world, plan.term)
    _, headers, _ = world.feed(path)
    status, again, body = world.feed(path, if_none_match=form.format(headers["ETag"]))
    assert (status, body) == (304, b"")
    assert {name: again[name] for name in ("ETag", "Last-Modified", "Cache-Control")} == {
        name: headers[name] for name in ("ETag", "Last-Modified", "Cache-Control")
    }


def test_another_tag_counts_before_the_date(world: World) -> None:
    plan = world.published()
    _, path = subscribed(world, plan.term)
    changed = world.feed(path)[1]["Last-Modified"]
    assert world.feed(path, if_modified_since=changed)[0] == 304
    assert world.feed(path, if_modified_since=changed, if_none_match='"other"')[0] == 200
    assert world.feed(path, if_modified_since="Thu, 01 Jan 1970 00:00:00 GMT")[0] == 200
    assert world.feed(path, if_modified_since="nonsense")[0] == 200


def test_head_has_the_headers_of_get_and_no_body(world: World) -> None:
    plan = world.published()
    _, path = subscribed(world, plan.term)
    _, headers, whole = world.feed(path)
    status, again, body = world.feed(path, "HEAD")
    assert (status, again, body) == (200, headers, b"")
    assert headers["Content-Length"] == str(len(whole))


def test_no_answer_sets_a_cookie_or_leads_elsewhere(world: World) -> None:
    plan = world.published()
    _, path = subscribed(world, plan.term)
    for asked in (path, "/k/" + "x" * 43 + ".ics", "/k/short.ics"):
        headers = world.feed(asked)[1]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert not {"Set-Cookie", "Location", "Content-Encoding"} & set(headers)


def test_unknown_is_404_and_closed_is_410(world: World) -> None:
    plan = world.published()
    number, path = subscribed(world, plan.term)
    assert world.feed("/k/" + "x" * 43 + ".ics")[0] == 404
    assert world.feed(path + "x")[0] == 404
    assert world.api("DELETE", f"/subscriptions/{number}").status_code == 204
    assert world.feed(path)[0] == 410


def test_a_changed_link_answers_anew_and_the_former_one_is_gone(world: World) -> None:
    plan = world.published()
    number, path = subscribed(world, plan.term)
    browser = world.browser()
    assert browser.post(f"/prenumerationer/{number}/byt").status_code == 302
    page = browser.get(f"/terminer/{plan.term_id}/prenumerationer").content.decode()
    new = page.partition('readonly value="')[2].partition('"')[0]
    assert world.feed(path)[0] == 410
    assert world.feed(urlsplit(new).path)[0] == 200


def test_other_methods_than_get_and_head_are_refused(world: World) -> None:
    plan = world.published()
    _, path = subscribed(world, plan.term)
    status, headers, _ = world.feed(path, "POST")
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_the_links_of_a_term_that_is_gone_answer_410(world: World) -> None:
    plan = world.published()
    _, path = subscribed(world, plan.term)
    plan.term.delete()
    assert world.feed(path)[0] == 410


def test_when_a_calendar_was_fetched_is_gathered_and_written_later(world: World) -> None:
    from service.feeds import Feeds
    from service.models import Subscription

    plan = world.published()
    number, path = subscribed(world, plan.term)
    feeds = Feeds()
    list(feeds({"REQUEST_METHOD": "GET", "PATH_INFO": path}, lambda *_: None))
    assert Subscription.objects.get(id=number).fetched is None
    feeds.write()
    assert Subscription.objects.get(id=number).fetched is not None


def test_the_secret_is_kept_nowhere(world: World, config: Config) -> None:
    from django.db import connection

    plan = world.published()
    _, path = subscribed(world, plan.term)
    secret = path.removeprefix("/k/").removesuffix(".ics")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not [row for row in cursor.fetchall() if secret in map(str, row)], table
