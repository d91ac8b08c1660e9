"""Login by OpenID Connect, against a provider on loopback:
only what it says rightly, once, for us, opens the service.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from service.config import Config, RefusedStartError
from tests.service.openid_provider import CLIENT, SECRET, Answers, new_key, provider
from tests.service.world import HOST, World

ROLES = "Chefer = administrator; Samordnare=samordnare; Nordost=forvaltning:N; Norra=forvaltning:N:Norra"


@dataclass
class Login:
    """The provider, and browsers that log in with it."""

    provider: Answers

    def browser(self) -> Any:  # noqa: ANN401  # Django's client, known once Django is set up
        from django.test import Client

        return Client(HTTP_HOST=HOST, raise_request_exception=False)

    def there(self, browser: Any, onward: str = "/logg") -> str:  # noqa: ANN401
        """To the provider, and the path it sends the browser back to."""
        leads = browser.get("/logga-in/oidc", {"vidare": onward})
        assert leads.status_code == 302
        back = requests.get(leads.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
        return urlsplit(back).path + "?" + urlsplit(back).query

    def tried(self, **claims: object) -> tuple[int, str]:
        """Status and page, or where one got to, of a login with these claims."""
        self.provider.claims = {"roles": ["Chefer"], **claims}
        browser = self.browser()
        answer = browser.get(self.there(browser))
        inside = browser.get("/").status_code == 200
        assert inside == (answer.status_code == 302)
        return answer.status_code, answer.headers.get("Location") or answer.content.decode()


@pytest.fixture
def login(world: World, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Login]:
    from django.test import override_settings

    with provider() as answers:
        for name, value in {
            "UTGIVARE": answers.issuer,
            "KLIENT": CLIENT,
            "HEMLIGHET": SECRET,
            "ROLLER": ROLES,
        }.items():
            monkeypatch.setenv(f"TERMINSPLAN_OIDC_{name}", value)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with override_settings(CONFIG=replace(config, shared=True)):
            yield Login(answers)


def test_who_has_a_role_comes_in_and_gets_to_where_she_wanted(login: Login) -> None:
    assert login.tried() == (302, "/logg")


def test_the_request_has_a_challenge_a_nonce_and_a_state_that_are_new_each_time(login: Login) -> None:
    asked = [parse_qs(urlsplit(login.browser().get("/logga-in/oidc").headers["Location"]).query) for _ in range(2)]
    assert asked[0]["code_challenge_method"] == ["S256"]
    for name in ("code_challenge", "nonce", "state"):
        assert asked[0][name] != asked[1][name]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": ["another", CLIENT], "azp": "another"},
        {"iss": "https://another.example"},
        {"exp": int(time.time()) - 3600},
        {"sub": ""},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_wrong_in_one_thing_opens_nothing(login: Login, wrong: dict[str, object]) -> None:
    status, page = login.tried(**wrong)
    assert status == 403
    assert "Inloggningen gick inte igenom" in page


def test_a_token_signed_by_another_opens_nothing(login: Login) -> None:
    login.provider.signed_with = new_key("somebody else")
    assert login.tried()[0] == 403


def test_a_state_holds_once_and_in_its_own_browser(login: Login) -> None:
    login.provider.claims = {"roles": ["Chefer"]}
    browser = login.browser()
    back = login.there(browser)
    assert login.browser().get(back).status_code == 403
    assert browser.get(back).status_code == 302
    browser.post("/logga-ut")
    assert browser.get(back).status_code == 403
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("values", [[], ["Andra"], "Andra", None, [{"Chefer": 1}]])
def test_without_a_value_that_gives_a_role_nobody_comes_in(login: Login, values: object) -> None:
    status, page = login.tried(roles=values)
    assert status == 403
    assert "Du har ingen roll i Terminsplan än" in page


@pytest.mark.parametrize(
    ("values", "granted"),
    [
        (["Andra", "Samordnare"], ("samordnare", "", "")),
        (["Norra", "Chefer"], ("administrator", "", "")),
        ("Nordost", ("forvaltning", "N", "")),
        (["Norra"], ("forvaltning", "N", "Norra")),
    ],
)
def test_the_first_row_that_fits_gives_the_role(
    login: Login, config: Config, values: object, granted: tuple[str, str, str]
) -> None:
    from service import openid

    given = (values,) if isinstance(values, str) else tuple(map(str, values))  # type: ignore[call-overload]
    known = openid.provider_of(config)
    assert known is not None
    actor = openid.actor_of(known, openid.Person(login.provider.issuer, "s-1", "Kim Ek", given))
    assert actor is not None
    assert (actor.role, actor.organisation, actor.unit) == granted
    assert login.tried(roles=values)[0] == 302


def test_nobody_is_linked_to_an_account_of_the_same_name(login: Login) -> None:
    from service import rights
    from service.models import Account

    rights.make_account({"name": "Kim Ek", "role": "administrator", "organisation": "", "unit": ""}, "ett lösenord")
    assert login.tried(preferred_username="Kim Ek", email="kim@example.se", roles=["Nordost"])[0] == 302
    rights.close(Account, "Kim Ek")
    assert login.tried(preferred_username="Kim Ek", email="kim@example.se", roles=["Andra"])[0] == 403


def test_two_people_of_one_name_are_told_apart_and_one_who_changed_hers_is_the_same(
    login: Login, config: Config
) -> None:
    from service import openid

    known = openid.provider_of(config)
    assert known is not None
    people = [
        openid.Person(known.issuer, subject, name, ("Chefer",))
        for subject, name in (("1", "Kim"), ("2", "Kim"), ("1", "Bo"))
    ]
    names = [actor.name for person in people if (actor := openid.actor_of(known, person))]
    assert names[0] != names[1]
    assert names[0].removeprefix("Kim") == names[2].removeprefix("Bo")


def test_a_role_that_is_taken_out_of_the_settings_ends_at_once(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    login.provider.claims = {"roles": ["Chefer"]}
    browser = login.browser()
    browser.get(login.there(browser))
    assert browser.get("/logg").status_code == 200
    monkeypatch.setenv("TERMINSPLAN_OIDC_ROLLER", "Samordnare=samordnare")
    assert browser.get("/logg").status_code == 302


def test_a_session_ends_within_twelve_hours_however_it_is_used(login: Login) -> None:
    from service.session_keys import BEGUN

    login.provider.claims = {"roles": ["Chefer"]}
    browser = login.browser()
    browser.get(login.there(browser))
    session = browser.session
    assert 0 < session.get_expiry_age() <= 12 * 3600
    session[BEGUN] -= 12 * 3600
    session.save()
    assert browser.get("/").status_code == 302


def test_one_is_led_nowhere_else(login: Login) -> None:
    login.provider.claims = {"roles": ["Chefer"]}
    browser = login.browser()
    assert browser.get(login.there(browser, "//another.example/")).headers["Location"] == "/"


def test_a_provider_that_is_away_is_said_on_the_login_page(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMINSPLAN_OIDC_UTGIVARE", "http://127.0.0.1:9")
    answer = login.browser().get("/logga-in/oidc")
    assert answer.status_code == 503
    assert "Inloggningstjänsten svarar inte" in answer.content.decode()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (("UTGIVARE", "http://login.example"), "https://"),
        (("KLIENT", ""), "TERMINSPLAN_OIDC_KLIENT"),
        (("ROLLER", "Chefer"), "”Chefer”"),
        (("ROLLER", "Chefer=chef"), "”Chefer=chef”"),
        (("ROLLER", "Nordost=forvaltning"), "”Nordost=forvaltning”"),
        (("ROLLER", "Alla=samordnare:N"), "”Alla=samordnare:N”"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    login: Login, config: Config, monkeypatch: pytest.MonkeyPatch, setting: tuple[str, str], said: str
) -> None:
    from service import openid

    monkeypatch.setenv(f"TERMINSPLAN_OIDC_{setting[0]}", setting[1])
    with pytest.raises(RefusedStartError, match=said):
        openid.provider_of(config)


def test_the_login_page_offers_it_only_where_there_is_a_provider(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/logga-in/oidc?" in login.browser().get("/logga-in").content.decode()
    monkeypatch.setenv("TERMINSPLAN_OIDC_UTGIVARE", "")
    assert "/logga-in/oidc" not in login.browser().get("/logga-in").content.decode()
    assert login.browser().get("/logga-in/oidc").status_code == 404
