"""The base of every type in this package."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; unknown fields are refused, so that a typing slip cannot pass silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Later:
    """Marks a field that was added after files with the others had been stored.

    It is not written where it holds its default, so that what was stored before keeps its bytes and its hash.
    """


LATER = Later()


@cache
def later_fields(kind: type[BaseModel]) -> Mapping[str, Any]:
    """The fields of a type that are marked ``LATER``, with their defaults."""
    return {name: field.default for name, field in kind.model_fields.items() if LATER in field.metadata}
