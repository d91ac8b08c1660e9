"""The base of every type in this package."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; unknown fields are refused, so that a typing slip cannot pass silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")
