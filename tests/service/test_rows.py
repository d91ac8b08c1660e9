"""Rows of the input changed in a form."""

from __future__ import annotations

from tests.service.world import World


def test_a_person_is_added_changed_and_taken_away(world: World) -> None:
    from service.models import InputVersion

    term = world.term()
    browser = world.browser()
    address = f"/terminer/{term.id}/underlag/rad?tabell=nyanställda"
    hire = {"id": "p9", "namn": "Eva Nilsson", "förvaltning": "N", "anställd_från": "2026-08-17"}
    assert browser.post(address, {**hire, "version": "1"}).status_code == 302
    assert 'value="Eva Nilsson"' in browser.get(f"{address}&rad=6").content.decode()
    assert browser.post(f"{address}&rad=6", {**hire, "namn": "Eva Nyman", "version": "2"}).status_code == 302
    assert "Eva Nyman" in browser.get(f"/terminer/{term.id}/underlag").content.decode()
    assert browser.post(f"{address}&rad=6", {"version": "3", "gör": "ta bort"}).status_code == 302
    assert "Eva Nyman" not in browser.get(f"/terminer/{term.id}/underlag").content.decode()
    assert [version.plannable for version in InputVersion.objects.filter(term=term)] == [True] * 4


def test_the_later_of_two_sees_what_the_first_one_wrote(world: World) -> None:
    term = world.term()
    browser = world.browser()
    address = f"/terminer/{term.id}/underlag/rad?tabell=förvaltningar&rad=2"
    assert browser.post(address, {"id": "N", "namn": "Nordöst", "version": "1"}).status_code == 302
    answer = browser.post(address, {"id": "N", "namn": "Nord", "version": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'value="Nord"' in page
    assert "Nu står där: Nordöst" in page


def test_a_row_with_a_fault_is_told_and_not_saved(world: World) -> None:
    from service.models import InputVersion

    term = world.term()
    answer = world.browser().post(
        f"/terminer/{term.id}/underlag/rad?tabell=lov",
        {"namn": "Höstlov", "från": "31/2 2026", "till": "", "version": "1"},
    )
    assert answer.status_code == 422
    assert "31/2 2026" in answer.content.decode()
    assert InputVersion.objects.filter(term=term).count() == 1
