"""Write the files that students receive: stub, provided modules, public tests and their cases."""

from __future__ import annotations

import inspect
import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.assignments import handout
from grader.assignments.checksums import FIGURES
from grader.assignments.course_file import address_of_service
from grader.assignments.definition import Definition
from grader.assignments.loader import text_of
from grader.assignments.seeds import COMMITMENT, commitment
from grader.authoring.answer_leaks import answers_handed_out
from grader.authoring.bundle import bundle, function_of
from grader.authoring.determinism_lint import unsteady
from grader.authoring.further_calls import further_answers
from grader.authoring.mutation_audit import audit, broken_by_hand
from grader.authoring.public_test_names import misnamed_tests
from grader.authoring.questions import absent_questions
from grader.authoring.staleness import fault
from grader.errors import AssignmentError
from grader.files.atomic_files import write_atomically
from grader.grading.known_mistakes import read_mistakes, write_mistakes
from grader.models.assignment import Assignment, Exercise
from grader.notebooks.figures import with_figures
from grader.notebooks.hand_in_cell import hand_in_cells
from grader.notebooks.placeholders import without_answers
from grader.notebooks.solution import read_solution
from grader.notebooks.stub import stub_of
from grader.public_tests import hand_in, runner
from grader.public_tests.case_file import PublicCase, PublicExercise, write_public
from grader.sandbox import Sandbox

HEAVY = 20_000_000
"""Bytes that a release may have without a warning."""

CASES = "public_cases.h5"
TESTS = "public_tests.py"
HAND_IN = "hand_in.py"
RELEASED_AT = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: the same files, the same bytes


@dataclass(frozen=True, slots=True)
class Release:
    """The generated files of an assignment, by their paths in the course folder."""

    files: Mapping[Path, bytes]

    def write(self, root: Path) -> None:
        """Write the files, each atomically.

        Raises:
            AssignmentError: a file cannot be written.
        """
        for path, data in self.files.items():
            _write(root / path, data)

    def stale(self, root: Path) -> list[str]:
        """Return the files below `root` that are missing or differ, each with the reason."""
        return [
            f"{path}: {wrong}" for path, data in self.files.items() if (wrong := fault(root / path, data))
        ]

    def heavy(self, name: str) -> str:
        """Return a warning that names the largest files of assignment `name`; empty if all are small."""
        folder = Path("assignments", name)
        sizes = {path: len(data) for path, data in self.files.items() if path.is_relative_to(folder)}
        if sum(sizes.values()) <= HEAVY:
            return ""
        largest = sorted(sizes, key=lambda path: -sizes[path])[:3]
        named = ", ".join(f"{path.relative_to(folder)} {sizes[path] / 1e6:.1f} MB" for path in largest)
        return (
            f"{folder}/ has {sum(sizes.values()) / 1e6:.1f} MB, which many learning systems refuse: {named}."
        )

    def zipped(self, name: str) -> bytes:
        """Return the students' files of assignment `name` as a zip."""
        folder = Path("assignments", name)
        with tempfile.SpooledTemporaryFile() as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, data in self.files.items():
                    if path.is_relative_to(folder):
                        inside = f"{name}/{path.relative_to(folder).as_posix()}"
                        archive.writestr(zipfile.ZipInfo(inside, RELEASED_AT), data, zipfile.ZIP_DEFLATED)
            file.seek(0)
            return file.read()


def _write(path: Path, data: bytes) -> None:
    """Write a file atomically, creating its folder.

    Raises:
        AssignmentError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise AssignmentError(f"{path}: {error.strerror}\n  Make way for it, then release again.") from None


def make_release(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Release:
    """Return the files that students receive of an assignment.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where the reference answers further calls.

    Returns:
        the files; nothing is written.

    Raises:
        AssignmentError: a data file has the name of one that is written, or a figure cannot be attached.
    """
    name = definition.name
    cases = _cases_file(assignment)
    tests = _tests_module(assignment).encode()
    solution = with_figures(read_solution(definition.course.solution(name)), definition.folder / FIGURES)
    served = address_of_service(definition.course)
    page = f"{served}/assignments/{name}"
    ending = hand_in_cells(page, definition.notebook) if served else []
    made = {
        definition.notebook: stub_of(solution, definition.wanted.grade_ids, ending),
        **{
            path.relative_to(definition.folder).as_posix(): _module(path)
            for path in definition.course.provided(name)
        },
        TESTS: tests,
        CASES: cases,
        handout.NAME: handout.write_handout(assignment, lambda edition: further_answers(edition, sandbox)),
    }
    if served:
        made[HAND_IN] = inspect.getsource(hand_in).encode()
    if promised := commitment(definition.course, name):
        made[COMMITMENT] = promised.encode()
    data = definition.wanted.data
    if taken := made.keys() & data.keys():
        raise AssignmentError(
            f"{definition.folder / min(taken)}: `grader release` writes a file of that name\n"
            "  Give it another name."
        )
    return Release(
        {
            **{Path("assignments", name, file): content for file, content in {**made, **data}.items()},
            Path("public_tests", f"{name}.py"): tests.replace(CASES.encode(), f"{name}.h5".encode()),
            Path("public_tests", f"{name}.h5"): cases,
        }
    )


def _module(path: Path) -> bytes:
    """Return a provided module without the answers that are marked in it."""
    text = text_of(path)
    emptied = without_answers(text)
    return path.read_bytes() if emptied == text else emptied.encode()


def release(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Release:
    """Write the files for students, and the file of known mistakes.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where the reference, its stubs and its mutants run.

    Returns:
        the files for students.

    Raises:
        AssignmentError: an answer would be handed out, the reference is not deterministic, or a file cannot
            be written.
    """
    check_releasable(definition, assignment, sandbox)
    made = make_release(definition, assignment, sandbox)
    made.write(definition.course.root)
    _write_known_mistakes(definition, assignment, sandbox)
    return made


def check_releasable(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> None:
    """Check that an assignment can be handed out.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where the reference and its stubs run.

    Raises:
        AssignmentError: an answer would be handed out, a cell calls what is not there, a question is not
            asked, or the assignment is not deterministic; the message names the places.
    """
    faults = (
        *answers_handed_out(definition, assignment, sandbox),
        *misnamed_tests(definition),
        *absent_questions(definition),
        *unsteady(definition, assignment, sandbox),
    )
    if faults:
        raise AssignmentError("\n".join(faults))


def _write_known_mistakes(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> None:
    mistakes = (
        *audit(definition, assignment, sandbox, advise=False).mistakes,
        *broken_by_hand(definition, assignment, sandbox),
    )
    content = io.BytesIO()
    write_mistakes(content, definition.mistakes_sha256, mistakes)
    _write(definition.mistakes_file, content.getvalue())


def stale_mistakes(definition: Definition) -> list[str]:
    """Return a message if the file of known mistakes was made from other sources."""
    current = read_mistakes(definition.mistakes_file)[0] == definition.mistakes_sha256
    return [] if current else [f"public_tests/{definition.mistakes_file.name}: is not current"]


def _cases_file(assignment: Assignment) -> bytes:
    exercises = [_public(assignment, exercise) for exercise in assignment.tested]
    content: Any = io.BytesIO()  # in memory: h5py's errors of a full disk are long
    try:
        write_public(content, exercises)
    except (TypeError, ValueError) as error:
        raise AssignmentError(
            f"{assignment.name}: {error}\n  Change the public cases in testcases/{assignment.name}.py."
        ) from None
    written: bytes = content.getvalue()
    return written


def _public(assignment: Assignment, exercise: Exercise) -> PublicExercise:
    cases = [
        PublicCase(case.id, case.call.args, case.expected, case.call.seed, case.kind_only)
        for case in exercise.cases
        if case.public
    ]
    driver = assignment.wanted.drivers.get(exercise.name)
    return PublicExercise(
        exercise.name,
        exercise.results,
        exercise.tolerance,
        tuple(cases),
        "\n\n".join(statement.source for statement in driver.statements) if driver else "",
        exercise.judge.source if exercise.judge else "",
        exercise.parameters,
        exercise.pure,
        exercise.seconds or 0.0,
    )


def _tests_module(assignment: Assignment) -> str:
    first = next((exercise.name for exercise in assignment.tested), "function")
    data = f", {sorted(assignment.wanted.data)}" if assignment.wanted.data else ""
    docstring = (
        f"The public tests of {assignment.name}. Written by `grader release`; do not edit.\n\n"
        f"Call `{first.replace('.', '_')}_test({first.partition('.')[0]})`, and so on, or import all"
        " with *.\n"
    )
    ending = (
        "from pathlib import Path  # noqa: E402\n\n"
        f'_TESTS = {function_of(runner.__name__)}().public_tests(Path(__file__).with_name("{CASES}"){data})\n'
        "globals().update(_TESTS)\n"
        "__all__ = list(_TESTS)  # noqa: PLE0605\n"
    )
    return bundle(runner, docstring, ending)
