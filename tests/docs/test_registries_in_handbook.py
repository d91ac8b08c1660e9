"""The handbook tells every column, setting and output, as the registries have them."""

from __future__ import annotations

import pytest

from columns.kinds import Setting
from columns.settings import SETTINGS
from columns.tables import TABLES
from docs.fill_handbook import HANDBOOK, filled, marks
from outputs.files import EXPORTED, OUTPUTS
from outputs.files.kinds import Output

TEXT = HANDBOOK.read_text(encoding="utf-8")


def test_what_comes_from_the_registries_is_as_they_have_it() -> None:
    assert filled(TEXT) == TEXT, "kör: python -m docs.fill_handbook"


@pytest.mark.parametrize("mark", marks())
def test_everything_in_the_registries_has_its_place(mark: str) -> None:
    assert TEXT.count(f"<!-- {mark} -->\n") == 1


def test_every_table_has_its_section() -> None:
    for table in TABLES:
        assert f"\n### {table.name}" in TEXT


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_told(setting: Setting) -> None:
    assert f"\n| {setting.key} |" in TEXT


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.phase)
def test_every_file_of_an_output_is_told(output: Output) -> None:
    for name in output.files:
        assert f"`{name}`" in TEXT


@pytest.mark.parametrize("form", EXPORTED)
def test_every_form_of_exportera_is_told(form: str) -> None:
    assert f"| `--som {form}` |" in TEXT
