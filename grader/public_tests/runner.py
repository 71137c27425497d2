"""Run the public tests of an exercise in the notebook, by the same comparison that grades it.

`from public_tests import *` provides `<function>_test` for each graded function, and the names
`<function>_test_1` and `<function>_test_2` that earlier notebooks call.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.comparison.judges import JudgeError
from grader.comparison.verdict import Verdict
from grader.comparison.words import mend_first, not_written, worded
from grader.public_tests.attempts import Attempt, attempts, notebook_names
from grader.public_tests.called import needed
from grader.public_tests.card import Card, pair_of, show
from grader.public_tests.case_file import PublicCase, PublicExercise, read_public
from grader.public_tests.explaining import hint_of, quiet, smallest_example
from grader.public_tests.further_cases import HANDOUT, further_cases
from grader.public_tests.tracebacks import PublicTestFailed, with_own_lines


@dataclass(frozen=True)
class PublicTests:
    """The exercises of an assignment by their names, and the file with further calls of them."""

    exercises: Mapping[str, PublicExercise]
    handout: Path

    def run(self, name: str, function: Any = None) -> None:
        """Call a student's function on all public test cases of an exercise, and say what is wrong.

        Shows one line if all pass or the function is not written yet, and a card if one fails.

        Args:
            name: the exercise.
            function: the student's function.

        Raises:
            PublicTestFailed: an answer is wrong.
            Exception: what the student's function raised, with its own lines alone.
        """
        __tracebackhide__ = True
        failure = self._failure(self.exercises[name], function)
        if failure is not None:
            raise failure

    def _failure(self, exercise: PublicExercise, function: Any) -> BaseException | None:
        """Show the results of an exercise; return what the test raises."""
        if not exercise.driver and not callable(function):
            call = f"{exercise.name}_test({exercise.name})"
            return PublicTestFailed(f"A test takes the function itself, not what it returns: {call}")
        own = (notebook_names(), getattr(function, "__globals__", {}))
        try:
            tried = [*attempts(exercise, function, exercise.cases)]
        except KeyboardInterrupt as stopped:
            return with_own_lines(stopped, own)
        except JudgeError as error:
            fault = f"The test of {exercise.name} is at fault, not your function: its judge {error.what}"
            return PublicTestFailed(f"{fault}{error.detail}. Tell your instructor.")
        failed = next((one for one in tried if not one.passed), None)
        if failed is None:
            print(passed(exercise))  # noqa: T201  # output in the notebook
            return None
        first, verdict = self._first(function)
        if failed.outcome.verdict is Verdict.NOT_ATTEMPTED and verdict in (None, Verdict.NOT_ATTEMPTED):
            print(first or not_written(exercise.name))  # noqa: T201
            return None
        card = self._card(exercise, function, failed, tried, first)
        show(card)
        if failed.error is not None and not worded_as_answer(failed):
            return with_own_lines(failed.error, own)
        return PublicTestFailed(card.gist, card.title)

    def _card(
        self,
        exercise: PublicExercise,
        function: Any,
        failed: Attempt,
        tried: Sequence[Attempt],
        first: str,
    ) -> Card:
        outcome = failed.outcome
        card = functools.partial(
            Card,
            exercise.name,
            worded(outcome.verdict, outcome.message),
            [
                (one.case.id, worded(one.outcome.verdict, one.outcome.message))
                for one in tried
                if not one.case.kind_only
            ],
            failed.case.id,
            outcome.message,
        )
        if first:
            return card(first=first)
        others = [one for one in tried if one is not failed]
        return card(
            hint=hint_of(exercise, failed, others, function),
            pair=pair_of(outcome.path, outcome.actual, outcome.expected),
            example=smallest_example(exercise, failed, function, self._further(exercise)),
            driver=_readable(exercise.driver) if exercise.parameters else "",
        )

    def _further(self, exercise: PublicExercise) -> tuple[PublicCase, ...]:
        return further_cases(self.handout, exercise.name) if exercise.parameters else ()

    def _first(self, function: Any) -> tuple[str, Verdict | None]:
        """Return the advice to mend what a function needs first, and the verdict on that."""
        namespace = getattr(function, "__globals__", notebook_names())
        for name in (name for name in needed(function, self.exercises) if name in namespace):
            with quiet():
                tried = [*attempts(self.exercises[name], namespace[name], self.exercises[name].cases)]
            for one in tried:
                if not one.passed:
                    reads = self.exercises[name].driver and not callable(namespace[name])
                    how = "reads" if reads else "calls"
                    return mend_first(name, one.outcome.verdict, how), one.outcome.verdict
        return "", None


def _readable(driver: str) -> str:
    """Return the function in the source of a driver, without the imports above it."""
    _, begins, function = driver.rpartition("def drive(")
    return begins + function


def worded_as_answer(failed: Attempt) -> bool:
    """Return whether a call that raised is judged by which exception that was."""
    return worded(failed.outcome.verdict, failed.outcome.message).words == "wrong exception"


def passed(exercise: PublicExercise) -> str:
    """Return the line about an exercise of which all public cases pass."""
    if all(case.kind_only for case in exercise.cases):
        return f"{exercise.name} is of the right kind. Its value is judged after you submit."
    count = len(exercise.cases)
    return f"All tests passed: {count} of {count} of {exercise.name}. Hidden cases run after you submit."


def public_tests(path: Path, data: Sequence[str] = ()) -> dict[str, Callable[..., None]]:
    """Return the test functions of the exercises in a file, by the names that notebooks call.

    Names the data files that are missing, since notebooks then fail in ways that do not.

    Args:
        path: the file.
        data: the paths of the data files that belong beside it.

    Returns:
        name -> test function.
    """
    if missing := [name for name in data if not (path.parent / name).exists()]:
        print(  # noqa: T201  # output in the notebook
            f"Missing beside {path.name}: {', '.join(missing)}. "
            "Put all that you received into the folder of your notebook."
        )
    tests = PublicTests({one.name: one for one in read_public(path)}, path.with_name(HANDOUT))
    return {
        f"{name.replace('.', '_')}_test{ending}": functools.partial(tests.run, name)
        for name in tests.exercises
        for ending in ("", "_1", "_2")
    }
