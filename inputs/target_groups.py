"""Target groups are compared without regard to case: one spelling for each (INPUT.md, "How cells are read")."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inputs.draft import Draft


def spelling(draft: Draft) -> Callable[[str], str]:
    """From a group as written to the one spelling of it: a programme's own where there is one."""
    chosen: dict[str, str] = {}
    others = (*_of_hires(draft), *_of_others(draft))
    for written in (*sorted(set(_of_programmes(draft))), *sorted(set(others))):
        chosen.setdefault(written.casefold(), written)
    return lambda written: chosen.get(written.casefold(), written)


def _of_programmes(draft: Draft) -> Iterator[str]:
    for programme in draft.programmes:
        yield from programme.item.target_groups


def _of_hires(draft: Draft) -> Iterator[str]:
    for hire in draft.hires:
        yield from hire.item.hire.target_groups


def _of_others(draft: Draft) -> Iterator[str]:
    for mentor in draft.mentors:
        yield from mentor.item.target_groups
    for task in draft.tasks:
        yield from task.item.task.target_groups
    for forecast in draft.forecast:
        yield from forecast.item.target_groups
