"""Letters by SMTP, to a real server: each is sent once, and again by a person alone, whatever dies in between."""

from __future__ import annotations

import io
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from service.config import Config, RefusedStartError
from tests.awaiting import PATIENCE_SECONDS, until
from tests.service.mail_server import MailServer, mail_server
from tests.service.world import World

HOUSE = Path(__file__).parents[2]
FROM = "tjansten@example.se"


def set_up_mail(monkeypatch: pytest.MonkeyPatch, port: int, **more: str) -> None:
    settings = {"SERVER": "127.0.0.1", "PORT": str(port), "SAKERHET": "ingen", "AVSANDARE": FROM, "PER_MINUT": "10000"}
    for name, value in (settings | more).items():
        monkeypatch.setenv(f"TERMINSPLAN_SMTP_{name}", value)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as made:
        set_up_mail(monkeypatch, made.port)
        yield made


def press(browser: Any, term: int, what: str, **fields: str) -> int:  # noqa: ANN401
    status: int = browser.post(f"/terminer/{term}/utskick/{what}", fields).status_code
    return status


def send_letters(world: World, browser: Any, publication: int = 1) -> Any:  # noqa: ANN401
    from service.models import Publication

    term = Publication.objects.order_by("-id")[0].term
    assert press(browser, term.id, "skicka", publicering=str(publication)) == 302
    return term


def sender(config: Config) -> Any:  # noqa: ANN401
    from service.sender import Sender
    from service.smtp import server_of

    found = server_of(config)
    assert found is not None
    return Sender(config, found, threading.Event())


def send_all(config: Config) -> None:
    """Until nothing waits whose time has come, or the server is away."""
    from service import outbox

    made = sender(config)
    while outbox.next_mail() is not None and made.once() <= 1:
        pass


def mails(**fields: object) -> list[Any]:
    from service.models import Mail

    return list(Mail.objects.filter(**fields).order_by("id"))


def states() -> set[str]:
    return {mail.state for mail in mails()}


def test_letters_arrive_as_the_files_that_are_downloaded_and_each_once(
    world: World, config: Config, server: MailServer
) -> None:
    world.published()
    browser = world.browser()
    term = send_letters(world, browser)
    send_all(config)
    send_letters(world, browser)  # a second press, of the same page or of a colleague's
    send_all(config)
    with zipfile.ZipFile(io.BytesIO(browser.post(f"/terminer/{term.id}/utskick").content)) as archive:
        files = {archive.read(name) for name in archive.namelist() if name.endswith(".eml")}
    assert files == {data for *_, data in server.received}
    assert len(server.received) == len(files)
    assert {sender for sender, *_ in server.received} == {FROM}
    for _, to, data in server.received:
        assert message_from_bytes(data, policy=policy.default)["To"].addresses[0].addr_spec == to
    page = browser.get(f"/terminer/{term.id}/utskick").content.decode()
    assert f"{len(files)} skickat" in page


def test_letters_that_wait_say_nothing_and_are_written_when_they_are_sent(world: World, server: MailServer) -> None:
    world.published()
    send_letters(world, world.browser())
    assert states() == {"väntar"}
    assert server.received == []


def test_a_refused_address_is_told_in_swedish_and_the_others_get_theirs(
    world: World, config: Config, server: MailServer
) -> None:
    world.published()
    browser = world.browser()
    term = send_letters(world, browser)
    refused, *others = mails()
    server.answers[refused.address] = "550 5.1.1 no such user"
    send_all(config)
    assert {mail.state for mail in mails(id__in=[other.id for other in others])} == {"skickat"}
    page = browser.get(f"/terminer/{term.id}/utskick").content.decode()
    assert "Servern tog inte emot brevet (550 5.1.1 no such user)." in page
    server.answers.clear()
    press(browser, term.id, "igen")
    send_all(config)
    assert states() == {"skickat"}
    assert len(server.ids) == len(set(server.ids)) == len(others) + 1


def test_letters_that_failed_are_not_sent_again_together_after_newer_ones_to_the_same_reader(
    world: World, config: Config, server: MailServer
) -> None:
    from service import publishing
    from service.access import ALONE
    from service.models import Mail

    plan = world.published()
    browser = world.browser()
    term = send_letters(world, browser)
    Mail.objects.update(state="misslyckat")
    publishing.publish(config, world.plan(term, plan), ALONE)
    assert press(browser, term.id, "skicka", publicering="2", sedan="allt") == 302
    gone = mails(publication__number=2)[0]
    Mail.objects.filter(id=gone.id).delete()  # she has no newer letter
    assert press(browser, term.id, "igen") == 302
    waiting = [(mail.publication.number, mail.owner) for mail in mails(state="väntar")]
    assert (1, gone.owner) in waiting
    assert [number for number, _ in waiting].count(1) == 1


def test_what_the_server_will_not_take_just_now_waits_longer_each_time_and_fails_at_last(
    world: World, config: Config, server: MailServer
) -> None:
    from service import outbox
    from service.models import Mail

    world.published()
    send_letters(world, world.browser())
    kept = mails()[0]
    Mail.objects.exclude(id=kept.id).delete()
    pauses = []
    for _ in outbox.PAUSES_SECONDS:
        server.to_data = ["451 4.3.0 try again"]
        send_all(config)
        (mail,) = mails()
        assert (mail.state, "451 4.3.0 try again" in mail.answer) == ("väntar", True)
        pauses.append((mail.not_before - mail.begun) // timedelta(minutes=1))
        assert outbox.next_mail() is None
        Mail.objects.update(not_before=datetime.now(UTC) - timedelta(seconds=1))
    assert pauses == [seconds // 60 for seconds in outbox.PAUSES_SECONDS]
    server.to_data = ["451 4.3.0 try again"]
    send_all(config)
    assert states() == {"misslyckat"}


def test_a_clock_set_back_keeps_no_mail_waiting(world: World, server: MailServer) -> None:
    from service import outbox
    from service.models import Mail

    world.published()
    send_letters(world, world.browser())
    Mail.objects.update(not_before=datetime.now(UTC) + timedelta(minutes=30))
    assert outbox.next_mail() is None
    Mail.objects.update(not_before=datetime.now(UTC) + timedelta(days=30))
    assert outbox.next_mail() is not None


def test_a_server_that_is_away_is_told_of_and_waited_for(
    world: World, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        set_up_mail(monkeypatch, taken.getsockname()[1])
        world.published()
        browser = world.browser()
        term = send_letters(world, browser)
        made = sender(config)
        pauses = [made.once() for _ in range(5)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 300
    assert states() == {"väntar"}
    assert "127.0.0.1 svarar inte. Försöker igen." in browser.get(f"/terminer/{term.id}/utskick").content.decode()
    with mail_server() as server:
        set_up_mail(monkeypatch, server.port)
        send_all(config)
        assert states() == {"skickat"}
        assert len(server.received) == len(mails())


@contextmanager
def process(config: Config) -> Iterator[subprocess.Popen[bytes]]:
    """The sender as the service starts it."""
    command = [sys.executable, "-m", "service", "sender"]
    environment = {**config.environment(), "PYTHONPATH": str(HOUSE)}
    made = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment, cwd=HOUSE)
    try:
        yield made
    finally:
        made.kill()
        with made:
            pass


def wait_for(what: Callable[[], bool]) -> None:
    until(what, lambda: str(states()))


def test_a_mail_whose_sender_was_killed_in_the_midst_is_uncertain_until_a_person_sends_it_again(
    world: World, config: Config, server: MailServer
) -> None:
    world.published()
    browser = world.browser()
    term = send_letters(world, browser)
    server.hang = True
    with process(config) as first:
        assert server.arrived.wait(PATIENCE_SECONDS)
        os.kill(first.pid, signal.SIGKILL)
    assert [mail.state for mail in mails()].count("skickas") == 1
    server.hang = False
    with process(config):
        wait_for(lambda: states() == {"osäkert", "skickat"})
        (uncertain,) = mails(state="osäkert")
        assert len(server.ids) == len(set(server.ids)) == len(mails())  # the first arrived, though nobody knows
        page = browser.get(f"/terminer/{term.id}/utskick").content.decode()
        assert "osäkert om det kom fram" in page
        press(browser, term.id, "igen", brev=str(uncertain.id))
        wait_for(lambda: states() == {"skickat"})
    assert server.ids.count(server.ids[0]) == 2
    assert len(set(server.ids)) == len(mails())


def test_the_sender_ends_when_the_service_does_though_the_mail_server_hangs(
    world: World, config: Config, server: MailServer
) -> None:
    world.published()
    send_letters(world, world.browser())
    server.hang = True
    with process(config) as made:
        assert server.arrived.wait(PATIENCE_SECONDS)
        assert made.stdin is not None
        made.stdin.close()
        made.wait(PATIENCE_SECONDS)
    assert "skickas" in states()


def test_an_answer_that_never_comes_leaves_the_mail_uncertain(world: World, config: Config, server: MailServer) -> None:
    from service.models import Mail

    world.published()
    send_letters(world, world.browser())
    Mail.objects.exclude(id=mails()[0].id).delete()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.smtp._SECONDS", 3.0)
        server.hang = True
        send_all(config)
    assert states() == {"osäkert"}


def test_after_a_copy_is_read_back_nothing_is_sent_until_a_person_releases_it(
    world: World, config: Config, server: MailServer, tmp_path: Path
) -> None:
    from service import copying

    world.published()
    term = send_letters(world, world.browser())
    copying.write(config, tmp_path / "kopia")
    send_all(config)
    sent = len(server.received)
    copying.read_back(config, tmp_path / "kopia")
    send_all(config)
    assert len(server.received) == sent
    assert states() == {"väntar"}
    browser = world.browser()
    assert "Släpp utskicken" in browser.get(f"/terminer/{term.id}/utskick").content.decode()
    gone, *waiting = mails()
    assert press(browser, term.id, "stryk") == 302
    assert press(browser, term.id, "igen", brev=str(gone.id)) == 302
    send_all(config)
    assert len(server.received) == sent
    assert press(browser, term.id, "slapp") == 302
    send_all(config)
    assert len(server.received) == sent + 1
    assert server.ids[-1] in server.ids[:-1]
    assert {mail.state for mail in mails(id__in=[one.id for one in waiting])} == {"struket"}


def test_a_mail_that_was_being_sent_when_the_copy_was_taken_is_uncertain_in_it(
    world: World, config: Config, server: MailServer, tmp_path: Path
) -> None:
    from service import copying, outbox

    world.published()
    send_letters(world, world.browser())
    mail = outbox.next_mail()
    assert mail is not None
    assert outbox.claim(mail)
    copying.write(config, tmp_path / "kopia")
    copying.read_back(config, tmp_path / "kopia")
    assert states() == {"osäkert", "väntar"}


def test_letters_of_a_page_that_is_out_of_date_are_not_sent(world: World, config: Config, server: MailServer) -> None:
    from service import publishing
    from service.access import ALONE

    plan = world.published()
    publishing.publish(config, world.plan(plan.term, plan), ALONE)
    answer = world.browser().post(f"/terminer/{plan.term_id}/utskick/skicka", {"publicering": "1"})
    assert answer.status_code == 409
    assert mails(what="brev") == []


def test_without_mail_nothing_is_queued_and_the_letters_are_downloaded(world: World) -> None:
    plan = world.published()
    browser = world.browser()
    page = browser.get(f"/terminer/{plan.term_id}/utskick").content.decode()
    assert "Hämta utskick" in page
    assert ">Skicka" not in page
    assert press(browser, plan.term_id, "skicka", publicering="1") == 409
    assert mails() == []


def test_letters_tell_what_is_new_since_those_that_were_sent_last(
    world: World, config: Config, server: MailServer
) -> None:
    from service import letters, publishing
    from service.access import ALONE

    plan = world.published()
    send_letters(world, world.browser())
    second = world.plan(plan.term, plan)
    publishing.publish(config, second, ALONE)  # of which no letters are sent
    third = publishing.publish(config, world.plan(plan.term, second), ALONE)
    since = letters.told_before(third)
    assert since is not None
    assert since.number == 1


def test_thrown_away_terms_take_their_mails_with_them(
    world: World, config: Config, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from service import weeding
    from tests.service.own_pages import is_today

    is_today(monkeypatch, "2026-12-19")
    world.published()
    send_letters(world, world.browser())
    number = len(mails())
    record = weeding.weed(config, date(2026, 12, 19), "KS 2")
    assert record.mails == number > 0
    assert f"Brev i utkorgen: {number}." in "\n".join(record.lines())
    assert mails() == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of localhost, signed by itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    place = tmp_path / "server.pem"
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    place.write_bytes(key.private_bytes(pem, form, none) + made.public_bytes(pem))
    return place


def test_the_connection_is_encrypted_and_the_server_known_before_it_gets_the_password(
    world: World, config: Config, monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    world.published()
    with mail_server(context) as server:
        secure = {"SERVER": "localhost", "SAKERHET": "starttls", "ANVANDARE": "tjansten", "LOSENORD": "right"}
        set_up_mail(monkeypatch, server.port, **secure)
        send_letters(world, world.browser())
        sender(config).once()
        assert mails()[0].answer.startswith("Den säkra förbindelsen med localhost gick inte att upprätta")
        assert server.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        monkeypatch.setenv("TERMINSPLAN_SMTP_LOSENORD", "wrong")
        sender(config).once()
        assert mails()[0].answer.startswith("localhost godtar inte användaren eller lösenordet")
        monkeypatch.setenv("TERMINSPLAN_SMTP_LOSENORD", "right")
        send_all(config)
        assert states() == {"skickat"}
        assert len(server.received) == len(mails())


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SAKERHET": "ssl"}, "starttls, tls, ingen"),
        ({"AVSANDARE": "ingen adress"}, "e-postadress"),
        ({"PORT": "smtp"}, "heltal från 1 till 65535"),
        ({"PER_MINUT": "0"}, "heltal från 1 till"),
        ({"ANVANDARE": "x"}, "hör ihop"),
        ({"ANVANDARE": "x", "LOSENORD": "y"}, "inte utan kryptering"),
        ({"ANVANDARE": "x", "LOSENORD": "hemligå", "SAKERHET": "tls"}, "ASCII"),
    ],
)
def test_mail_that_is_set_up_wrongly_keeps_the_service_from_starting(
    world: World, config: Config, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], told: str
) -> None:
    from service.readiness import refuse_unready

    set_up_mail(monkeypatch, 2525, **settings)
    with pytest.raises(RefusedStartError, match=told):
        refuse_unready(config)


def account(name: str, organisation: str, unit: str = "", email: str = "") -> Any:  # noqa: ANN401
    from service import rights
    from service.models import Account

    values = {"role": "forvaltning", "organisation": organisation, "unit": unit, "email": email}
    return rights.make_account(rights.checked(Account, name, values), "ett långt lösenord")


def test_administrations_are_told_of_a_publication_and_units_at_their_accounts(
    world: World, config: Config, server: MailServer
) -> None:
    from service import publishing
    from service.access import ALONE

    account("norra", "N", "Norra", "norra@example.se")
    account("nordost", "N", email="nordost@example.se")
    account("utan adress", "C")
    shared = replace(config, shared=True)
    plan = world.plan(world.term())
    publishing.publish(shared, plan, ALONE)
    told = {mail.address: mail for mail in mails(what="publicering")}
    assert {"norra@example.se", "nordost@example.se"} <= set(told)
    assert len(told) == 3  # C's own address is in the input
    send_all(config)
    texts = {str(message["To"].addresses[0].addr_spec): message.get_content() for message in server.messages}
    assert "Den gäller 1 nyanställd hos er." in " ".join(texts["norra@example.se"].split())
    assert f"/terminer/{plan.term_id}/forvaltning" in texts["norra@example.se"]
    assert not any(name in text for text in texts.values() for name in ("Anna", "Bo Ek", "Åsa"))
    publishing.publish(shared, world.plan(plan.term, plan), ALONE)
    send_all(config)
    assert "Inget är ändrat för era nyanställda." in " ".join(server.messages[-1].get_content().split())
    assert len(set(server.ids)) == len(server.ids) == 6


def test_an_account_gets_no_address_that_is_none() -> None:
    with pytest.raises(RefusedStartError, match="ingen e-postadress"):
        account("nordost", "N", email="nordost")


def test_nobody_is_told_of_a_publication_that_came_to_nothing(world: World, config: Config, server: MailServer) -> None:
    from service import publishing
    from service.access import ALONE

    account("nordost", "N", email="nordost@example.se")
    plan = world.published()
    before = len(mails())
    with pytest.raises(publishing.NotASuccessorError):
        publishing.publish(config, world.plan(plan.term), ALONE)
    assert len(mails()) == before


def test_whoever_reported_is_told_when_it_is_answered(world: World, config: Config, server: MailServer) -> None:
    from service import reports
    from service.access import ALONE, Actor

    account("norra", "N", "Norra", "norra@example.se")
    account("nordost", "N", email="nordost@example.se")
    plan = world.published()
    given = {"namn": "Ny Person", "anställd_från": "2026-09-01"}
    report = reports.make(plan.term, reports.HIRE, given, Actor("norra", "forvaltning", "N", "Norra"))
    reports.refuse(config, report, "Hon finns redan", ALONE)
    reports.refuse(config, report, "igen", ALONE)
    assert [mail.address for mail in mails(what="svar")] == ["norra@example.se"]
    send_all(config)
    (message,) = [one for one in server.messages if "Svar" in one["Subject"]]
    text = " ".join(message.get_content().split())
    assert "Er anmälan (nyanställd)" in text
    assert "är avvisad" in text
    assert "Ny Person" not in text
