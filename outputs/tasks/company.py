"""Who is who around a hire: her mentor, her manager, and who is responsible for a task."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from models.ids import Responsible
from models.plan import Plan
from models.problem import Hire, Mentor, Task, TermProblem
from outputs.event_text import address
from outputs.words import NO_MENTOR

ROLES = {
    Responsible.MANAGER: "chef",
    Responsible.MENTOR: "mentor",
    Responsible.COORDINATOR: "samordnare",
    Responsible.TRAINER: "utbildare",
}


class Company:
    """The people of a plan besides its hires."""

    def __init__(self, problem: TermProblem, plan: Plan) -> None:
        self._problem = problem
        self._pairs = {pair.hire: pair for pair in plan.mentors}

    def mentor_of(self, hire: str) -> Mentor | None:
        """The hire's mentor, if she has one."""
        pair = self._pairs.get(hire)
        return None if pair is None or pair.mentor is None else self._problem.mentor_by_id[pair.mentor]

    def why_no_mentor(self, hire: str) -> str | None:
        """Why she has none; None where she has one, or where there are no mentors at all."""
        pair = self._pairs.get(hire)
        return None if pair is None or pair.reason is None else NO_MENTOR[pair.reason]

    def mentor_in_words(self, hire: str) -> str | None:
        """The mentor's name, or that she has none and why; None where there are no mentors at all."""
        mentor, why = self.mentor_of(hire), self.why_no_mentor(hire)
        return mentor.name if mentor else f"ingen ännu: {why}" if why else None

    @cached_property
    def hires_of_mentor(self) -> Mapping[str, tuple[Hire, ...]]:
        """The hires of each mentor, by id; mentors without any too."""
        found: dict[str, list[Hire]] = {mentor.id: [] for mentor in self._problem.mentors}
        for pair in self._pairs.values():
            if pair.mentor is not None:
                found[pair.mentor].append(self._problem.hire_by_id[pair.hire])
        return {mentor: tuple(hires) for mentor, hires in found.items()}

    def responsible(self, task: Task, hire: Hire) -> str:
        """Who sees to the task, as one tells it: by name where there is one, with the role."""
        try:
            role = Responsible(task.responsible)
        except ValueError:
            return task.responsible
        if role is Responsible.HIRE:
            return hire.name
        mentor = self.mentor_of(hire.id)
        names = {
            Responsible.MANAGER: hire.manager or address(hire.manager_email),
            Responsible.MENTOR: mentor.name if mentor else None,
        }
        name = names.get(role)
        return f"{name} ({ROLES[role]})" if name else ROLES[role].capitalize()


def is_for(task: Task, role: Responsible) -> bool:
    """Whether that is who is responsible."""
    return task.responsible == role
