"""With more terms and more people no page asks the database more often."""

from __future__ import annotations

from benchmarks.service_pages import fill, pages, without_secret
from service.config import Config
from tests.service.world import World

FEW, MANY = (2, 14), (4, 40)
NOT_FOUND = {"/rapporter/ingen/plan.json"}


def looked_at(config: Config) -> dict[str, tuple[int, int, int]]:
    """By address without its numbers: status, queries, bytes."""
    import re

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for path, client in pages(config):
        client.get(path)  # the first time reads what is kept afterwards
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        size = len(answer.content) if answer.headers["Content-Type"].startswith("text/html") else 0
        found[re.sub(r"[0-9]+|=.*", "…", without_secret(path))] = (answer.status_code, len(queries), size)
    return found


def test_no_page_asks_more_often_where_there_is_more(world: World, config: Config) -> None:
    fill(config, *FEW, seconds=30)
    few = looked_at(config)
    fill(config, *MANY, seconds=30)
    many = looked_at(config)
    assert {path for path, (status, _, _) in many.items() if status != 200} == NOT_FOUND
    assert {path: (few[path][1], queries) for path, (_, queries, _) in many.items() if queries > few[path][1]} == {}
