"""Login with Microsoft Entra ID and AD FS, as their documentation
says that they answer: it works, or the log says what is to be set.
"""

from __future__ import annotations

import time
from typing import Any

import pytest

from service.config import Config, RefusedStartError
from tests.service.openid_provider import like_adfs, like_entra
from tests.service.test_openid import Login, login  # noqa: F401  # a fixture

TENANT = "833ced3d-cb2e-41de-92f1-29e2af035ddc"
GROUP = "0760b6cf-170e-4a14-91b3-4b78e0739963"


@pytest.fixture
def entra(login: Login, monkeypatch: pytest.MonkeyPatch) -> Login:  # noqa: F811
    like_entra(login.provider, TENANT)
    monkeypatch.setenv("TERMINSPLAN_OIDC_UTGIVARE", login.provider.issuer)
    return login


@pytest.fixture
def adfs(login: Login, monkeypatch: pytest.MonkeyPatch) -> Login:  # noqa: F811
    like_adfs(login.provider)
    monkeypatch.setenv("TERMINSPLAN_OIDC_UTGIVARE", f"{login.provider.issuer}/")
    return login


def came(login: Login, **claims: object) -> tuple[int, str, Any]:  # noqa: F811
    """Status, page, and the browser of a login with these claims over what the provider says by itself."""
    login.provider.claims |= claims
    browser = login.browser()
    answer = browser.get(login.there(browser))
    return answer.status_code, answer.content.decode(), browser


def test_app_roles_of_entra_let_in_under_the_name_it_tells(entra: Login) -> None:
    status, _, browser = came(entra, roles=["Chefer"])
    assert status == 302
    assert "Kim Ek (" in browser.get("/logg").content.decode()
    assert "resource" not in entra.provider.asked
    assert entra.provider.asked["scope"] == "openid profile"


def test_groups_of_entra_let_in_by_their_ids(entra: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMINSPLAN_OIDC_ROLLANSPRAK", "groups")
    monkeypatch.setenv("TERMINSPLAN_OIDC_ROLLER", f"{GROUP}=samordnare")
    assert came(entra, groups=["cb7eda1b-d09a-40ae-b8bb-37836ebc6abd", GROUP])[0] == 302


def test_who_is_in_too_many_groups_is_told_so_and_the_log_says_what_to_set(
    entra: Login, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERMINSPLAN_OIDC_ROLLANSPRAK", "groups")
    source = {"endpoint": "https://graph.microsoft.com/v1.0/users/x/getMemberObjects"}
    status, page, _ = came(entra, _claim_names={"groups": "src1"}, _claim_sources={"src1": source})
    assert status == 403
    assert "i så många grupper" in page
    assert "för många grupper för groups: skicka approller" in capsys.readouterr().err


def test_a_claim_that_is_not_sent_is_named_in_the_log_with_those_that_are_and_no_value(
    entra: Login, capsys: pytest.CaptureFixture[str]
) -> None:
    status, page, _ = came(entra)
    assert status == 403
    assert "Du har ingen roll" in page
    said = capsys.readouterr().err
    assert "I id-token saknas roles. Där finns aio, aud, " in said
    assert "Kim" not in said
    assert TENANT not in said


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (
            {"error": "access_denied", "error_description": "AADSTS50105: kim@example.se is not assigned to a role"},
            "OAuthError access_denied AADSTS50105: leverantören släppte inte in personen",
        ),
        ({"error": "invalid_resource", "error_description": "MSIS9602: no such resource"}, "invalid_resource MSIS9602"),
        ({"error": "x\nfalsk rad", "error_description": ""}, "nekades: OAuthError\n"),
    ],
)
def test_a_refusal_of_the_provider_is_logged_by_its_code_and_number(
    entra: Login, capsys: pytest.CaptureFixture[str], refused: dict[str, str], said: str
) -> None:
    entra.provider.refused = refused
    status, page, _ = came(entra, roles=["Chefer"])
    assert status == 403
    assert ("släppte inte in dig" in page) == (refused["error"] == "access_denied")
    log = capsys.readouterr().err
    assert said in log
    assert "kim@" not in log


def test_a_secret_that_has_expired_is_said_in_the_log(
    entra: Login, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERMINSPLAN_OIDC_HEMLIGHET", "the former one")
    assert came(entra, roles=["Chefer"])[0] == 403
    assert (
        "invalid_client: klientens id eller hemlighet är fel, eller hemligheten har gått ut" in capsys.readouterr().err
    )


@pytest.mark.parametrize("address", ["common/v2.0", "organizations/v2.0", TENANT, f"{TENANT}/v2.0/x"])
def test_an_address_of_entra_that_is_no_tenants_second_version_is_refused_at_the_start(
    entra: Login, config: Config, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    from service import openid

    monkeypatch.setenv("TERMINSPLAN_OIDC_UTGIVARE", f"https://login.microsoftonline.com/{address}")
    with pytest.raises(RefusedStartError, match=r"KATALOGENS-ID/v2\.0"):
        openid.provider_of(config)
    monkeypatch.setenv("TERMINSPLAN_OIDC_UTGIVARE", f"https://login.microsoftonline.com/{TENANT}/v2.0/")
    assert openid.provider_of(config) is not None


def test_a_provider_that_calls_itself_otherwise_is_a_wrong_setting_and_not_away(
    entra: Login, capsys: pytest.CaptureFixture[str]
) -> None:
    entra.provider.told["issuer"] = "https://sts.windows.net/x/"
    answer = entra.browser().get("/logga-in/oidc")
    assert answer.status_code == 503
    assert "Inloggningen är fel inställd" in answer.content.decode()
    assert (
        "leverantören kallar sig https://sts.windows.net/x/, men i TERMINSPLAN_OIDC_UTGIVARE står"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(("seconds", "status"), [(240, 302), (3600, 403)])
def test_clocks_may_differ_by_some_minutes_and_the_log_says_when_they_differ_by_more(
    adfs: Login, capsys: pytest.CaptureFixture[str], seconds: int, status: int
) -> None:
    ahead = int(time.time()) + seconds
    assert came(adfs, roles="Chefer", iat=ahead, nbf=ahead, exp=ahead + 3600)[0] == status
    assert ("klockorna går olika" in capsys.readouterr().err) == (status == 403)


def test_adfs_is_asked_for_the_claims_of_its_rules_and_lets_in_under_the_login_name(adfs: Login) -> None:
    status, _, browser = came(adfs, roles="Chefer")
    assert status == 302
    assert adfs.provider.asked["scope"] == "openid profile allatclaims"
    assert "kim.ek@example.se (" in browser.get("/logg").content.decode()
    assert came(adfs, given_name="Kim", family_name="Ek")[2].get("/logg").content.decode().count("Kim Ek (")


def test_adfs_is_told_the_resource_that_is_set(adfs: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMINSPLAN_OIDC_RESURS", "urn:terminsplan")
    assert came(adfs, roles="Chefer")[0] == 302
    assert adfs.provider.asked["resource"] == "urn:terminsplan"


def test_the_hash_of_the_access_token_is_checked_where_it_is_sent(adfs: Login) -> None:
    assert came(adfs, roles="Chefer", at_hash="wrong")[0] == 403
