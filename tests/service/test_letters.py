"""Letters of the published plan, with a link that works."""

from __future__ import annotations

import io
import re
import zipfile
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from tests.service.world import World


def test_each_reader_gets_a_letter_with_the_link_of_her_own_calendar(world: World) -> None:
    from service.models import Subscription

    plan = world.published()
    browser = world.browser()
    address = f"/terminer/{plan.term_id}/utskick"
    assert "Bo Ek" in browser.get(address).content.decode()
    assert not Subscription.objects.exists()
    sent = [browser.post(address) for _ in range(2)]
    with zipfile.ZipFile(io.BytesIO(sent[0].content)) as archive:
        letter = message_from_bytes(archive.read("person/p2.eml"), policy=policy.default)
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    link = re.search(r"http\S+\.ics", text)
    assert link is not None
    assert b"BEGIN:VEVENT" in world.feed(urlsplit(link[0]).path)[2]
    number = Subscription.objects.count()
    assert sent[1].content == sent[0].content
    assert Subscription.objects.filter(kind="person").count() == 4
    assert Subscription.objects.count() == number
