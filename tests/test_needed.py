"""What is missing is skipped on a developer's machine, and a failure in CI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.needed import absent

ROOT = Path(__file__).parent.parent


def test_what_is_missing_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="läsaren saknas"):
        absent("läsaren saknas")


def test_what_is_missing_is_skipped_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="läsaren saknas"):
        absent("läsaren saknas")


def test_the_gate_says_that_it_is_ci() -> None:
    assert "\nexport CI=true\n" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_no_test_skips_itself_where_a_module_is_missing() -> None:
    """A skip of this kind hides a module of our own that was
    renamed; what is declared in pyproject.toml is always here.
    """
    word = "import" + "orskip"
    assert [str(path) for path in (ROOT / "tests").rglob("*.py") if word in path.read_text("utf-8")] == []


def test_every_skip_for_want_of_a_tool_goes_through_absent() -> None:
    """Others are for the operating system alone."""
    skips = {
        f"{path.name}: {line.strip()}"
        for path in (ROOT / "tests").rglob("*.py")
        if path.name not in {"needed.py", "test_needed.py"}
        for line in path.read_text("utf-8").splitlines()
        if ("skipif(" in line and 'os.name == "nt"' not in line) or "pytest.skip(" in line
    }
    assert skips == set()
