"""The registry of outputs: what each declares is what it makes."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from models.change import PlanDiff
from models.problem import Task
from outputs.files import EXPORTED, OUTPUTS, owned
from outputs.files.kinds import Output, Planned
from tests.outputs.factories import SESSIONS, planned, replanned, term

SEATS = {"p1": "CI-1-1 CI-1-2", "p3": "CI-1-1"}


def replan() -> Planned:
    """A re-plan, of which every output has something to make."""
    before = term()
    first = planned(before, SEATS)
    task = Task(id="U1", name="Samtal", responsible="chef", from_day=0, to_day=5)
    after = term(sessions=SESSIONS[1:]).model_copy(update={"tasks": (task,)})
    second = replanned(after, {"p1": "CI-1-2"}, before, first)
    return Planned(after, second, PlanDiff(changes=(), unchanged=1), before, first)


@pytest.mark.parametrize("output", [o for o in OUTPUTS if o.in_plan], ids=lambda output: output.phase)
def test_an_output_writes_only_what_it_declares(output: Output) -> None:
    paths = [path for path, _ in output.placed(replan())]
    assert paths
    for path in paths:
        assert [other for other in OUTPUTS if other.owns(path)] == [output], path


def test_a_file_of_somebody_else_is_owned_by_no_output() -> None:
    for name in ("anteckningar.txt", "kalendrar/brev.docx", "plan.json/x.ics", "mapp/plan.xlsx"):
        assert not owned(PurePosixPath(name)), name


def test_phases_forms_and_names_are_told_apart() -> None:
    phases = [output.phase for output in OUTPUTS]
    names = [name for output in OUTPUTS for name in output.files]
    assert len(set(phases)) == len(phases)
    assert len(set(names)) == len(names)
    assert len(EXPORTED) == sum(output.export is not None for output in OUTPUTS)


@pytest.mark.parametrize("form", EXPORTED)
def test_what_is_exported_alone_as_a_file_is_one_file(form: str) -> None:
    output = EXPORTED[form]
    made = [path for path, _ in output.make(replan())]
    assert made
    assert (len(made) == 1) == output.single_file


@pytest.mark.parametrize("form", [form for form, output in EXPORTED.items() if not output.single_file])
def test_an_exported_folder_declares_what_it_holds_and_nothing_of_others(form: str) -> None:
    output = EXPORTED[form]
    assert output.export is not None
    assert output.export.folder is not None
    folder, made = output.export.folder, [path for path, _ in output.make(Planned(term(), planned(term(), SEATS)))]
    assert all(folder.owns(path) for path in made)
    assert folder.marks <= {path.parts[0] for path in made}
    assert {path.parts[0] for path in made if len(path.parts) > 1} <= folder.folders
    for name in ("anteckningar.txt", "mina.ics", "platser.xlsx", "person/brev.docx", "mapp/platser.csv"):
        assert not folder.owns(PurePosixPath(name)), name
