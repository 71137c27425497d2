"""The reference's answers: to the test cases of an assignment, and to further calls."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

from grader.assignments.definition import SUPPORTED, Asked, Definition, unsupported
from grader.assignments.editions import in_edition
from grader.assignments.right_versions import right_versions
from grader.comparison.verdict import Raises
from grader.errors import AssignmentError, did_you_mean
from grader.grading.known_mistakes import known_mistakes
from grader.grading.programs import program_of
from grader.models.assignment import KIND, Assignment, Case, EarlierEdition, Mistake
from grader.models.execution import Call, Run, Status
from grader.models.protocol import IN_DRIVER
from grader.models.submission import Part
from grader.models.values import Value, without_values
from grader.sandbox import Sandbox
from grader.testcase.declarations import line_of


def prepare(definition: Definition, sandbox: Sandbox, seed: str | None) -> Assignment:
    """Answer every test case of an assignment by running its reference.

    Args:
        definition: the contents of the assignment's files.
        sandbox: the sandbox in which the reference runs, as a submission does.
        seed: the seed of the hidden cases; None for public cases only.

    Returns:
        the assignment, ready to grade.

    Raises:
        AssignmentError: the reference does not answer a case.
        SandboxError: the sandbox broke down.
    """
    current = _answered_by(definition, sandbox, seed)
    editions = [(marks, _answered_by(one, sandbox, seed)) for marks, one in definition.editions]
    return dataclasses.replace(
        current,
        editions=tuple(
            EarlierEdition(marks, dataclasses.replace(one, mistakes=_still_mistakes(current, one)))
            for marks, one in editions
        ),
    )


def _answered_by(definition: Definition, sandbox: Sandbox, seed: str | None) -> Assignment:
    """Return the assignment of one edition with its answers."""
    asked = {exercise.name: [*definition.calls(exercise, seed)] for exercise in definition.exercises}
    answered = _answered(definition, asked, sandbox)
    cases = {name: _cases(definition, name, asked[name], answered[name]) for name in asked}
    return Assignment(
        name=definition.name,
        exercises=tuple(dataclasses.replace(e, cases=cases[e.name]) for e in definition.exercises),
        wanted=definition.wanted,
        reference=definition.reference,
        sha256=definition.sha256,
        seed_sha256=hashlib.sha256((seed or "").encode()).hexdigest(),
        mistakes=functools.partial(known_mistakes, definition.mistakes_file, definition.mistakes_sha256),
        lot=hashlib.sha256(f"lot\0{seed}".encode()).hexdigest() if seed else "",
        edition=definition.edition,
        right=functools.cache(lambda: right_versions(definition)),
        title=definition.title,
    )


def _still_mistakes(current: Assignment, edition: Assignment) -> Callable[[], Iterable[Mistake]]:
    """Return the known mistakes in functions that an edition leaves as they are, helpers included."""
    ours, theirs = current.reference.parts, edition.reference.parts
    same = {name for name in ours if _sources(ours[name]) == _sources(theirs[name])}
    return functools.cache(lambda: tuple(one for one in current.mistakes() if one.function in same))


def _sources(part: Part) -> list[str]:
    return [statement.source for statement in part.statements]


def _answered(
    definition: Definition, asked: Mapping[str, Sequence[Asked]], sandbox: Sandbox
) -> Mapping[str, Sequence[Run]]:
    """Return the reference's run of each case: those of functions together, of what is run alone apart."""
    alone = definition.wanted.alone
    names = [name for name in asked if name not in alone]
    program = program_of(definition.reference, definition.wanted)
    runs = iter(sandbox.run(program, [one.call for name in names for one in asked[name]]))
    found: dict[str, Sequence[Run]] = {name: list(itertools.islice(runs, len(asked[name]))) for name in names}
    for name in (name for name in asked if name in alone):
        program = program_of(definition.reference, definition.wanted, name)
        found[name] = sandbox.run(program, [one.call for one in asked[name]])
    return found


def _cases(
    definition: Definition, name: str, asked: Sequence[Asked], runs: Sequence[Run]
) -> tuple[Case, ...]:
    """Return test cases with the reference's answers."""
    cases = tuple(
        Case(
            id=one.id,
            public=one.call.public,
            call=one.call,
            expected=without_values(expected) if one.id == KIND else expected,
            part=one.part,
            kind_only=one.id == KIND,
        )
        for one, run in zip(asked, runs, strict=True)
        for expected in [_expected(definition, name, one.id, run)]
    )
    for case in cases:
        _check_in_editions(definition, name, case)
    if cases and all(case.expected is None for case in cases):
        driven = name in definition.wanted.drivers
        has_driver = definition.declarations[name].driver is not None
        place = _driver_of(definition, name) if has_driver else f"{definition.solution}: {name}"
        raise AssignmentError(
            f"{place} returns None in every one of its "
            f"{len(cases)} test cases\n"
            + (
                f"  Let the driver of {name} return what shows whether it is right."
                if driven
                else "  Let it return its result: is `return` missing? If it changes its argument or prints, "
                f"write a driver that returns that: @{name}.drive."
            )
        )
    return cases


def _check_in_editions(definition: Definition, name: str, case: Case) -> None:
    """Raise an error if an earlier edition has no answer to a test case."""
    path = definition.course.testcases(definition.name)
    for edition in definition.declarations[name].editions:
        if edition.expects is not None and not isinstance(case.expected, Raises):
            in_edition(path, f"{case.id} of {name}", edition.expects, case.expected)


def _expected(definition: Definition, name: str, case: str, run: Run) -> Value | Raises:
    """Return the reference's answer to a test case.

    Raises:
        AssignmentError: it did not return a supported value, nor raise what it may raise.
    """
    place = f"{definition.solution}: {name}"
    driven = definition.declarations[name].driver is not None
    if run.status is Status.RAISED and run.failure:
        for exception in definition.declarations[name].raises:
            if run.failure.is_a(exception):
                return Raises(exception)
    if run.status is not Status.RETURNED:
        place = _raised_in(definition, name, run) or place
        from grader.hints.exceptions import unbound_name

        late = run.status is Status.TIMED_OUT and name not in definition.wanted.variables
        more = " Or give a call more seconds: @exercise(time=20)." if late else ""
        unbound = unbound_name(run.failure) if run.failure else None
        meant = did_you_mean(unbound, definition.wanted.functions) if unbound else ""
        raise AssignmentError(
            f"{place} {run.status.replace('_', ' ')} on its test case {case}: {run.failure}\n"
            f"  {meant}Mend the reference, {'the driver, ' if driven else ''}or the generator.{more}"
        )
    if kind := unsupported(run.value):
        place = _driver_of(definition, name) if driven else place
        verb, advice = ("is", "Let it be") if name in definition.wanted.variables else ("returns", "Return")
        more = _listing(name, driven=driven) if kind in ITERATORS else ""
        raise AssignmentError(f"{place} {verb} a value of type {kind}\n  {more or f'{advice} {SUPPORTED}.'}")
    return run.value


ITERATORS = ("generator", "map", "filter", "zip", "enumerate", "islice", "dict_keys", "dict_values")
"""The types of values of which a list can be compared."""


def _listing(name: str, *, driven: bool) -> str:
    """Return what to write where a value has to be listed."""
    if driven:
        return "Let it return a list of what that yields: return list(...)."
    return f"Write a driver that returns a list of what that yields, with @{name}.drive."


def _driver_of(definition: Definition, name: str) -> str:
    """Return the file and line of the driver of an item, and what it is."""
    driver = definition.declarations[name].driver
    line = f", line {line_of(driver)}" if driver else ""
    return f"{definition.course.testcases(definition.name)}{line}: the driver of {name}"


def _raised_in(definition: Definition, name: str, run: Run) -> str:
    """Return the file and line of the reference, or the driver, that raised an exception, or ""."""
    cell, line = run.failure.places[-1] if run.failure and run.failure.places else (0, 0)
    solution = definition.course.solution(definition.name) if cell == 1 else definition.solution
    if cell == IN_DRIVER:
        return f"{definition.course.testcases(definition.name)}, line {line}: the driver of {name}"
    if cell < 1:
        return ""
    return f"{solution}, {'' if solution.suffix == '.py' else f'cell {cell}, '}line {line}: {name}"


def answers(assignment: Assignment, calls: Sequence[Call], sandbox: Sandbox) -> Sequence[Run]:
    """Return the reference's runs of calls that follow the public ones.

    Args:
        assignment: the assignment of the reference.
        calls: the calls.
        sandbox: the sandbox in which it runs, if not all of its answers are stored.

    Returns:
        one run for each call, in order.
    """
    if assignment.answered is not None:
        known = [run for run in map(assignment.answered, calls) if run is not None]
        if len(known) == len(calls):
            return known
    name = calls[0].function if calls else ""
    return sandbox.run(program_of(assignment.reference, assignment.wanted, name), calls)
