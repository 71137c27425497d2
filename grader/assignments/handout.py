"""Read and write the file that `grader check` uses: an assignment without its reference.

It is one value in the encoding of `grader.models.serialization`, compressed by zlib, a dictionary:

    format      2; another version of grader writes another number, and 1 is read too
    assignment  the name
    wanted      the fields of `Wanted`: graded functions, nbgrader ids, provided modules as handed out, the
                statements, text, mentions and reads of each driver, installed modules that the assignment
                imports, and the SHA-256 of each data file beside this
    exercises   for each graded function, in order, the fields of `Exercise` without `uses`, and

                judge     the source that defines it, or None
                editions  for each, the pattern that marks it and the one that rules it out
                cases     the public ones: id, seed, arguments, answer, and the answer in each edition; and of
                          a case that is not plain its part, the exception to raise, whether it is kind_only
                further   calls made after public ones, to show a fault on: arguments, answer, and the
                          answer in each edition
                          (each case and each further call is encoded separately and decoded when needed)
    editions    for each earlier edition with a solution of its own: its name, the pattern that marks it, the
                one that rules it out, and its exercises

Hidden cases, their seed, known mistakes and the reference are never in it.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.assignments.data_files import received, sha256_of
from grader.assignments.rounding import same_but_for_rounding
from grader.comparison.judges import judge_of
from grader.comparison.verdict import Raises, Tolerance
from grader.errors import AssignmentError
from grader.files.ordinary_files import read_ordinary
from grader.models import serialization
from grader.models.assignment import Assignment, Case, EarlierEdition, Exercise, Points, Wanted
from grader.models.editions import Convention, Marks
from grader.models.execution import Call, Driver, Run, Statement, Status
from grader.models.submission import Submission
from grader.models.values import Value
from grader.notebooks.placeholders import without_answers

NAME = "grader_check.bin"
"""As `public_tests.further_cases.HANDOUT`, which is not imported: h5py would come with it."""

FORMAT = 2
ENCODED = ("cases", "further")
"""The fields of an exercise whose items are encoded separately."""

ZLIB = b"\x78"
"""The first byte of a compressed file, RFC 1950; files of format 1 begin with another one."""

NO_REFERENCE = Submission({}, {}, {}, ())


Further = Mapping[str, Sequence[tuple[Call, Value]]]
"""Calls that are made after the public cases with the reference's answers, by graded function."""


def write_handout(assignment: Assignment, further: Callable[[Assignment], Further]) -> bytes:
    """Return the handout file of an assignment.

    Args:
        assignment: the assignment, with its public cases answered.
        further: returns the further calls of an edition of it.

    Returns:
        the bytes of the file.

    Raises:
        AssignmentError: the public cases are too large.
    """
    try:
        exercises = _exercises(assignment, further(assignment))
        editions = [
            (e.assignment.edition, *_patterns(e.marks), _exercises(e.assignment, further(e.assignment)))
            for e in assignment.editions
        ]
        modules = {name: without_answers(text) for name, text in assignment.wanted.modules.items()}
        drivers = {name: _driver(driver) for name, driver in assignment.wanted.drivers.items()}
        wanted = _fields(assignment.wanted) | {
            "modules": modules,
            "drivers": drivers,
            "imports": sorted(assignment.wanted.imports),
            "data": {path: sha256_of(content) for path, content in assignment.wanted.data.items()},
        }
        content: dict[str, Any] = {
            "assignment": assignment.name,
            "wanted": wanted,
            "exercises": exercises,
        }
        content |= {"editions": editions} if editions else {}
        return zlib.compress(serialization.encode({"format": FORMAT, **content}))
    except serialization.WireError as error:
        raise AssignmentError(
            f"{assignment.name}: its public cases cannot be handed out: {error}\n"
            "  Let fewer of them be public, or smaller ones."
        ) from None


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _driver(driver: Driver) -> dict[str, Any]:
    statements = [tuple(_fields(statement).values()) for statement in driver.statements]
    return {"statements": statements, "text": driver.text, "mentions": driver.mentions, "reads": driver.reads}


def _exercises(assignment: Assignment, further: Further) -> list[dict[str, Any]]:
    return [_written(one, further.get(one.name, ())) for one in assignment.exercises]


def _patterns(marks: Marks) -> tuple[str, str]:
    return marks.marked_by.pattern, marks.ruled_out_by.pattern


def _written(exercise: Exercise, further: Sequence[tuple[Call, Value]]) -> dict[str, Any]:
    def in_editions(answer: Value) -> list[Value]:
        return [edition.expects(answer) for edition in exercise.editions]

    def case(c: Case) -> tuple[Any, ...]:
        raises = c.expected.exception if isinstance(c.expected, Raises) else ""
        answer = None if raises else c.expected
        plain = (c.id, c.call.seed, c.call.args, answer, [] if raises else in_editions(answer))
        return (*plain, {"part": c.part, "raises": raises, "kind_only": c.kind_only})

    public = [case for case in exercise.cases if case.public]
    calls = [(call.args, answer, in_editions(answer)) for call, answer in further]
    return _fields(exercise) | {
        "uses": (),
        "tolerance": _fields(exercise.tolerance),
        "editions": [_patterns(edition) for edition in exercise.editions],
        "judge": exercise.judge.source if exercise.judge else None,
        "parts": [(one.part, one.points) for one in exercise.parts],
        "cases": [serialization.encode(case(one)) for one in public],
        "further": [serialization.encode(call) for call in calls],
    }


def content_of(data: bytes) -> dict[str, Any]:
    """Return the value that a handout file has.

    Args:
        data: the bytes of the file.

    Returns:
        the dictionary that the head of this module describes.

    Raises:
        WireError: it is damaged.
    """
    try:
        content: dict[str, Any] = serialization.decode(zlib.decompress(data) if data[:1] == ZLIB else data)
    except zlib.error as error:
        raise serialization.WireError(str(error)) from None
    return content


def same(data: bytes, other: bytes) -> bool:
    """Compare two handout files up to rounding, in which processors differ.

    Args:
        data: the bytes of one file.
        other: the bytes of the other.

    Returns:
        whether they are equal.
    """
    try:
        ones, others = list(_parts(content_of(data))), list(_parts(content_of(other)))
    except (serialization.WireError, TypeError, KeyError):
        return False
    return len(ones) == len(others) and all(map(same_but_for_rounding, ones, others))


def _parts(content: Mapping[str, Any]) -> Iterator[Value]:
    """Yield the content of a file, each case and each further call separately."""
    editions = content.get("editions", [])
    yield {key: value for key, value in content.items() if key not in ("exercises", "editions")}
    yield [edition[:3] for edition in editions]
    for fields in itertools.chain(content["exercises"], *(edition[3] for edition in editions)):
        yield {key: value for key, value in fields.items() if key not in ENCODED}
        for key in ENCODED:
            yield from map(serialization.decode, fields[key])


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True, eq=False)
class Handout:
    """An assignment as students receive it.

    `digests` has the SHA-256 of each data file in `folder`; `editions` are as in the file.
    """

    name: str
    wanted: Wanted
    exercises: Sequence[Mapping[str, Any]]
    sha256: str
    folder: Path
    digests: Mapping[str, str]
    editions: Sequence[tuple[str, str, str, Sequence[Mapping[str, Any]]]] = ()

    def assignment(self) -> Assignment:
        """Return the assignment with its public cases and without its reference.

        Raises:
            AssignmentError: a data file is missing, or is not as it was handed out.
        """
        wanted = dataclasses.replace(self.wanted, data=received(self.folder, self.digests))
        editions = tuple(
            EarlierEdition(Marks(re.compile(marked), re.compile(out)), self._edition(name, exercises, wanted))
            for name, marked, out, exercises in self.editions
        )
        return dataclasses.replace(self._edition("", self.exercises, wanted), editions=editions)

    def _edition(self, edition: str, exercises: Sequence[Mapping[str, Any]], wanted: Wanted) -> Assignment:
        functions = {fields["name"]: _Function(fields) for fields in exercises}
        return Assignment(
            name=self.name,
            exercises=tuple(function.exercise() for function in functions.values()),
            wanted=wanted,
            reference=NO_REFERENCE,
            sha256=self.sha256,
            seed_sha256=hashlib.sha256(b"").hexdigest(),
            answered=lambda call: functions[call.function].answered(call),
            edition=edition,
        )


def read_handout(path: Path) -> Handout:
    """Read a file that `write_handout` made.

    Raises:
        AssignmentError: it cannot be read, or another version of grader wrote it.
    """
    try:
        data = read_ordinary(path)
        content = content_of(data)
        if content["format"] in (1, FORMAT):
            digests = content["wanted"].pop("data", {})  # a folder of before has none
            wanted = _wanted(content["wanted"])
            wanted = dataclasses.replace(wanted, imports=frozenset(wanted.imports))
            sha256 = sha256_of(data)
            editions = content.get("editions", [])
            return Handout(
                content["assignment"], wanted, content["exercises"], sha256, path.parent, digests, editions
            )
    except OSError as error:
        raise AssignmentError(f"{path}: {error.strerror}\n  Let it be a file that you can read.") from None
    except (serialization.WireError, TypeError, KeyError):
        raise AssignmentError(f"{path}: it is damaged\n  Get the folder again that it came in.") from None
    raise AssignmentError(
        f"{path}: it was written by another version of grader\n"
        "  Get the version that your instructor uses, or the folder again that it came in."
    )


def _names(driver: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(driver["mentions"]), tuple(driver["reads"])


def _wanted(fields: Mapping[str, Any]) -> Wanted:
    drivers = {
        name: Driver(tuple(Statement(*one) for one in of["statements"]), of["text"], *_names(of))
        for name, of in fields.get("drivers", {}).items()
    }
    return Wanted(**{**fields, "drivers": drivers})


class _Function:
    """One graded function of a handout, and the reference's answers."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = fields
        self.cases = [serialization.decode(case) for case in fields["cases"]]

    def exercise(self) -> Exercise:
        """Return the exercise with its public cases."""
        name = self.fields["name"]
        editions = tuple(
            Convention(re.compile(marked), re.compile(ruled_out), functools.partial(self._in_edition, number))
            for number, (marked, ruled_out) in enumerate(self.fields["editions"])
        )
        plain = {key: value for key, value in self.fields.items() if key != "further"}
        judge = plain.get("judge")
        settings: dict[str, Any] = {
            "tolerance": Tolerance(**plain["tolerance"]),
            "editions": editions,
            "cases": tuple(_case(name, plain.get("seconds"), *case) for case in self.cases),
            "judge": None if judge is None else judge_of(judge),
            "parts": tuple(Points(*part) for part in plain.get("parts", ())),
        }
        return Exercise(**plain | settings)

    def answered(self, call: Call) -> Run:
        """Return the reference's run of a further call; its status is missing if the file lacks the call."""
        known = self._further.get(serialization.encode(call.args))
        return Run(Status.MISSING) if known is None else Run(Status.RETURNED, known)

    @functools.cached_property
    def _further(self) -> dict[bytes, Value]:
        return {
            serialization.encode(args): answer
            for args, answer, _ in map(serialization.decode, self.fields["further"])
        }

    def _in_edition(self, number: int, expected: Value) -> Value:
        return self._in_editions[serialization.encode(expected)][number]

    @functools.cached_property
    def _in_editions(self) -> dict[bytes, Sequence[Value]]:
        """Return each edition's expected value for each of the reference's answers."""
        known = [case[3:5] for case in self.cases]
        known += [call[1:3] for call in map(serialization.decode, self.fields["further"])]
        return {serialization.encode(expected): others for expected, others in known}


def _case(
    function: str,
    seconds: float | None,
    case: str,
    seed: int,
    args: tuple[Value, ...],
    answer: Value,
    _editions: Sequence[Value],
    more: Mapping[str, Any] | None = None,
) -> Case:
    """Return a stored case; those of format 1 have nothing `more`."""
    more = more or {"part": "", "raises": "", "kind_only": False}
    expected = Raises(more["raises"]) if more["raises"] else answer
    return Case(
        case, True, Call(function, args, seed, seconds=seconds), expected, more["part"], more["kind_only"]
    )
