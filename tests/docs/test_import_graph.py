"""The picture of the import graph is the code's."""

from __future__ import annotations

from pathlib import Path

from docs.import_graph import drawing

ROOT = Path(__file__).parents[2]


def test_the_picture_is_the_one_of_the_code() -> None:
    """``make graph`` draws it anew."""
    assert (ROOT / "docs" / "imports.svg").read_text("utf-8") == drawing(ROOT)


def test_an_import_that_leads_upwards_is_drawn_in_red(tmp_path: Path) -> None:
    for name, text in {
        "models/a.py": "from outputs.b import c\n",
        "outputs/b.py": "import models.a\n",
        "scheduler/x.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import models.a\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    drawn = drawing(tmp_path)
    assert drawn.count('<path class="up"') == 1
    assert drawn == drawing(tmp_path)


def test_a_module_more_in_its_own_package_leaves_the_picture_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.py").write_text("", "utf-8")
    alone = drawing(tmp_path)
    (tmp_path / "models" / "b.py").write_text("from models import a\n", "utf-8")
    assert drawing(tmp_path) == alone
    (tmp_path / "columns").mkdir()
    (tmp_path / "columns" / "c.py").write_text("from models import a\n", "utf-8")
    assert drawing(tmp_path) != alone
