"""Which programmes a hire is required to take (INPUT.md, table utbildningar)."""

from __future__ import annotations

from typing import NamedTuple

from models.problem import Hire, Programme


class Background(NamedTuple):
    """All of a hire that decides which programmes she is required to take: those who share it are required the same."""

    programmes: tuple[str, ...] | None
    experienced: bool
    target_groups: tuple[str, ...]
    organisation: str


def background_of(hire: Hire) -> Background:
    """Her own list of programmes, if any, her experience, her target groups and her administration."""
    return Background(hire.programmes, hire.experienced, hire.target_groups, hire.organisation)


def applies(programme: Programme, background: Background) -> bool:
    """Whether the programme is required: by her own list where she
    has one, else by administration, experience and target group.
    """
    if background.programmes is not None:
        return programme.id in background.programmes
    if programme.organisations and background.organisation not in programme.organisations:
        return False
    if programme.inexperienced_only and background.experienced:
        return False
    return not programme.target_groups or bool(set(programme.target_groups) & set(background.target_groups))
