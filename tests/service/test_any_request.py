"""Requests made at random from the OpenAPI document: whatever is sent, no call ends as a bug does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.service.world import World

_SETTINGS = settings(
    max_examples=5,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.api.door._RATE", 1e9)
    monkeypatch.setattr("service.api.door._BURST", 1e9)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # answers that are not read to their end
@pytest.mark.usefixtures("rates")
def test_no_request_ends_as_a_bug(world: World) -> None:
    import schemathesis
    from django.core.wsgi import get_wsgi_application

    world.published()
    key = world.key()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    bugs: list[Any] = []
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]  # the document is read by the first test of the API

        def call(case: Any) -> None:  # noqa: ANN401
            answer = case.call(headers={"Authorization": f"Bearer {key}"})
            if answer.status_code >= 500:
                bugs.append((case.method, case.formatted_path, case.body))

        from hypothesis import given

        _SETTINGS(given(case=operation.as_strategy())(call))()
    assert bugs == []
