"""The audit finds what test cases do not see, and remembers what they do."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.authoring.mutation_audit import Audit, audit, broken_by_hand
from grader.authoring.release import release, stale_mistakes
from grader.authoring.validate import findings
from grader.cli import main
from grader.grading.known_mistakes import read_mistakes
from grader.grading.reference import prepare
from grader.models.assignment import Mistake
from grader.mutation import mutants
from grader.sandbox.fork_server import ForkServer

SOLUTION = '''import numpy as np


# GRADED FUNCTION: half
def half(x):
    """Return x / 2."""
    # YOUR CODE STARTS HERE
    y = x / 2
    # YOUR CODE ENDS HERE
    return y


# GRADED FUNCTION: quarter
def quarter(x):
    """Return x / 4."""
    # YOUR CODE STARTS HERE
    y = half(x) / 2
    # YOUR CODE ENDS HERE
    return y
'''

SEES = '''"""Numbers to divide."""

import numpy as np

from grader.testcase import exercise


@exercise(public=1)
def half(rng):
    """Zero first, from which little can be told."""
    yield {"x": np.zeros(2)}
    yield {"x": rng.uniform(1, 2, 3)}


quarter = exercise(public=1)(half.generator)
'''
BLIND = SEES.replace('    yield {"x": rng.uniform(1, 2, 3)}\n', '    yield {"x": np.zeros(3)}\n')
TIMES = "`*` instead of `/` in `x / 2`"
SIGNED = f'{BLIND}\nSIGNED_OFF = {{"half": {{"{TIMES}": "Zero is zero."}}}}\n'

DOUBLES = '"""Twice, not half."""\n\n\ndef half(x):\n    return x * 2\n'
BOTH = f"{DOUBLES.replace('Twice', 'Both twice')}\n\ndef quarter(x):\n    return x * 4\n"
CURRENT = "The files for students are current."
FACTOR = "testcases/small/broken/doubles.py"

Small = Callable[..., tuple[Definition, Audit]]


@pytest.fixture
def audited(small_course: Callable[..., Course], sandbox: ForkServer) -> Small:
    """A function from test cases of `half` and `quarter` to the definition and its audit."""

    def of(testcases: str = SEES, seed: str = "s", solution: str = SOLUTION) -> tuple[Definition, Audit]:
        definition = load(small_course(solution, testcases), "small")
        return definition, audit(definition, prepare(definition, sandbox, seed), sandbox)

    return of


@pytest.fixture
def by_hand(small_course: Callable[..., Course], sandbox: ForkServer) -> Callable[..., list[Mistake]]:
    """A function from files of broken versions to the mistakes that they are."""

    def of(**files: str) -> list[Mistake]:
        definition = load(small_course(SOLUTION, SEES, **files), "small")
        return list(broken_by_hand(definition, prepare(definition, sandbox, "s"), sandbox))

    return of


# ---------------------------------------------------------------- mutants


def test_every_mutant_is_a_survivor_or_a_mistake(audited: Small) -> None:
    definition, found = audited()
    functions = definition.reference.functions
    made = [m for f in ("half", "quarter") for m in mutants(functions[f].source, {4})]  # the marked line
    assert found.count == len(made) == len(found.survivors) + len(found.mistakes)
    assert found.count >= 6


def test_no_mutant_survives_test_cases_that_see(audited: Small) -> None:
    assert audited()[1].survivors == ()


def test_what_test_cases_are_blind_to_survives(audited: Small) -> None:
    _, found = audited(BLIND)
    assert TIMES in {survivor.mutant.description for survivor in found.survivors}
    assert {survivor.function for survivor in found.survivors} == {"half", "quarter"}
    assert found.mistakes, "one that returns nothing is seen even so"
    assert found.unexplained == found.survivors


def test_a_survivor_is_signed_off_for_its_own_function_with_the_reason(audited: Small) -> None:
    _, found = audited(SIGNED)
    (signed,) = (survivor for survivor in found.survivors if survivor.reason)
    assert (signed.function, signed.mutant.description, signed.reason) == ("half", TIMES, "Zero is zero.")
    assert signed not in found.unexplained
    assert len(found.unexplained) == len(found.survivors) - 1


def test_a_survivor_is_told_with_its_line(audited: Small) -> None:
    _, found = audited(BLIND)
    told = next(str(survivor.remark) for survivor in found.survivors if survivor.mutant.description == TIMES)
    assert told.startswith(f"half: {TIMES}, in line 4 of it. No test case tells that from the solution.")


ONE = """import numpy as np


# GRADED FUNCTION: f
def f({parameters}):
    # YOUR CODE STARTS HERE
    y = {expression}
    # YOUR CODE ENDS HERE
    return y
"""
ASKED = """import numpy as np

from grader.testcase import exercise


@exercise()
def f(rng):
    yield dict({arguments})
"""


@pytest.mark.parametrize(
    ("arguments", "expression", "mutant", "advice"),
    [
        pytest.param(
            "x=rng.uniform(1, 2, 3)", "1.0 * (x > 0)", "`x >= 0` instead of `x > 0`",
            "An input with an exact 0 in `x` would: add one.", id="an exact zero",
        ),
        pytest.param(
            "x=rng.uniform(5, 6, 3)", "1.0 * (x > 4)", "`x >= 4` instead of `x > 4`",
            "An input with an exact 4 in `x` would: add one.", id="a number that it compares with",
        ),
        pytest.param(
            "Z=np.ones(2), b=np.ones(2)", "1.0 * (Z + b > 0)", "`Z + b >= 0` instead of `Z + b > 0`",
            "An input with negative numbers in `Z` would: add one.", id="a sum that is zero",
        ),
        pytest.param(
            "x=rng.uniform(1, 2, 3)", "1.0 * (x > 100)", "10.0 instead of 1.0",
            "An input with large numbers in `x` would: add one.", id="large",
        ),
        pytest.param(
            "x=rng.random((3, 1))", "np.sum(x, axis=1)", "mean instead of sum",
            "An input with size 2 along axis 1 of `x` would: add one.", id="more than one example",
        ),
        pytest.param(
            "p={'W1': np.ones(2)}", "p['W1'] * len(p)", "the factor `len(p)` is missing",
            "An input with 2 of each series in `p` would: add one.", id="several layers",
        ),
        pytest.param(
            "x=rng.random(3), mode='half'", "x / 2 if mode == 'half' else x * 3", "the factor `3` is missing",
            "An input with 'other' as `mode` would: add one.", id="another option",
        ),
        pytest.param(
            "n=1", "np.zeros((n, 1))", "`(1, n)` instead of `(n, 1)`",
            "An input with 2 as `n` would: add one.", id="another whole number",
        ),
        pytest.param(
            "x=rng.random(3)", "np.maximum(x, 0)", "`np.maximum(0, x)` instead of `np.maximum(x, 0)`",
            "None of ", id="the same in other words",
        ),
    ],
)  # fmt: skip
def test_a_survivor_names_the_kind_of_input_that_would_tell(
    audited: Small, arguments: str, expression: str, mutant: str, advice: str
) -> None:
    parameters = ", ".join(re.findall(r"(\w+)=", arguments))
    solution = ONE.format(parameters=parameters, expression=expression)
    _, found = audited(ASKED.format(arguments=arguments), solution=solution)
    advised = {one.mutant.description: one.advice for one in found.survivors}
    assert advised[mutant].startswith(advice)


def test_a_survivor_that_changes_its_input_in_place_is_told_what_would_count(audited: Small) -> None:
    solution = ONE.format(parameters="x", expression="x.copy()").replace("copy()", "copy()\n    y += 1")
    testcases = ASKED.format(arguments="x=rng.random(3)")
    _, found = audited(testcases, solution=solution)
    assert [one.advice for one in found.survivors if one.mutant.description == "`x` is not copied"] == [
        "It changes the caller's x: with @exercise(pure=True) that would count."
    ]
    _, pure = audited(testcases.replace("exercise()", "exercise(pure=True)"), solution=solution)
    assert "`x` is not copied" not in {one.mutant.description for one in pure.survivors}


def test_what_is_signed_off_and_is_of_no_survivor_is_a_fault(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    told = claims(small_course(SOLUTION, SIGNED.replace(BLIND, SEES)), sandbox)
    assert told["Each reason in SIGNED_OFF is needed."] == (
        f'SIGNED_OFF["half"]["{TIMES}"] is of nothing that is found: remove it.',
    )


def test_nothing_is_tried_for_a_survivor_that_is_signed_off(audited: Small) -> None:
    _, found = audited(SIGNED)
    assert {bool(one.advice) for one in found.survivors if one.reason} == {False}
    assert {bool(one.advice) for one in found.unexplained} == {True}


def test_a_mistake_has_what_a_mutant_answers_to_the_public_cases_alone(audited: Small) -> None:
    _, found = audited()
    returning = [m.structure for m in found.mistakes if m.numbers.size]
    assert returning
    assert set(returning) == {"(2,)"}, "and the hidden one has three numbers"


def test_the_seed_of_the_hidden_cases_changes_nothing(audited: Small) -> None:
    one, two = (
        [(m.function, m.says, m.structure, m.numbers.tobytes()) for m in audited(seed=seed)[1].mistakes]
        for seed in ("one", "two")
    )
    assert one == two


def test_the_other_functions_of_the_reference_are_beside_a_mutant(audited: Small) -> None:
    _, found = audited(SEES.replace("np.zeros(2)", "np.array([4.0, 8.0])"))
    answers = [m.numbers.tolist() for m in found.mistakes if m.function == "quarter"]
    assert [2.0, 4.0] in answers, "half of it, by the reference's own half"


# ---------------------------------------------------------------- by hand


def test_a_broken_version_is_a_mistake_that_an_instructor_knows(
    by_hand: Callable[..., list[Mistake]],
) -> None:
    (known,) = by_hand(**{FACTOR: DOUBLES})
    assert (known.function, known.says, known.by_hand) == ("half", "Twice, not half.", True)
    assert (known.structure, known.numbers.tolist()) == ("(2,)", [0, 0])


def test_a_broken_version_runs_in_place_of_the_reference(by_hand: Callable[..., list[Mistake]]) -> None:
    (known,) = by_hand(**{FACTOR: '"""Adds one."""\n\n\ndef half(x):\n    return x + 1\n'})
    assert known.numbers.tolist() == [1, 1]


def test_two_broken_functions_together_are_the_mistake_of_neither(
    by_hand: Callable[..., list[Mistake]],
) -> None:
    assert by_hand(**{FACTOR: BOTH}) == []


def test_an_accepted_version_is_no_mistake(by_hand: Callable[..., list[Mistake]]) -> None:
    assert by_hand(**{"testcases/small/accepted/doubles.py": DOUBLES}) == []


# ---------------------------------------------------------------- validate


def claims(course: Course, sandbox: ForkServer, *, released: bool = True) -> dict[str, tuple[str, ...]]:
    definition = load(course, "small")
    assignment = prepare(definition, sandbox, "validate")
    if released:
        release(definition, assignment, sandbox)
    return {finding.claim: finding.faults for finding in findings(definition, assignment, sandbox)}


def test_a_survivor_is_a_fault_until_it_is_signed_off(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    blind = claims(small_course(SOLUTION, BLIND), sandbox)
    ((claim, faults),) = ((c, f) for c, f in blind.items() if "one-edit mutants" in c)
    assert claim.endswith("0 are signed off.")
    assert any(TIMES in fault for fault in faults)
    signed = claims(small_course(SOLUTION, SIGNED), sandbox)
    ((claim, fewer),) = ((c, f) for c, f in signed.items() if "one-edit mutants" in c)
    assert claim.endswith("1 are signed off.")
    assert len(fewer) == len(faults) - 1


# ---------------------------------------------------------------- known mistakes on disk


def test_a_release_has_the_mistakes_of_mutants_and_of_broken_versions(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    definition = load(small_course(SOLUTION, SEES, **{FACTOR: DOUBLES}), "small")
    assignment = prepare(definition, sandbox, "release")
    made = release(definition, assignment, sandbox)
    digest, mistakes = read_mistakes(definition.mistakes_file)
    assert digest == definition.mistakes_sha256
    assert [m.says for m in mistakes if m.by_hand] == ["Twice, not half."]
    assert len(mistakes) == audit(definition, assignment, sandbox).count + 1
    assert all(isinstance(m.numbers, np.ndarray) for m in mistakes)
    assert not any("mistakes" in str(path) for path in made.files), "students never receive it"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("solutions/small.py", SOLUTION + "\n# edited\n", id="the solution"),
        pytest.param("testcases/small.py", SEES + "\n# edited\n", id="the test cases"),
        pytest.param(FACTOR, BOTH, id="a broken version"),
        pytest.param("testcases/small/broken/more.py", DOUBLES, id="one more broken version"),
    ],
)
def test_known_mistakes_are_not_current_once_this_is_edited(
    small_course: Callable[..., Course], sandbox: ForkServer, path: str, text: str
) -> None:
    course = small_course(SOLUTION, SEES, **{FACTOR: DOUBLES})
    definition = load(course, "small")
    release(definition, prepare(definition, sandbox, "release"), sandbox)
    assert stale_mistakes(load(course, "small")) == []
    (course.root / path).write_text(text)
    assert stale_mistakes(load(course, "small")) == ["public_tests/small.mistakes.h5: is not current"]


def test_validate_says_when_the_known_mistakes_are_not_there(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    faults = claims(small_course(SOLUTION, SEES), sandbox, released=False)[CURRENT]
    assert "public_tests/small.mistakes.h5: is not current" in faults
    assert faults[-1] == "Write them with: grader release small"


def ended(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status of a command, and what it printed."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main([*arguments, "--isolation", "weak"])
    return int(end.value.code or 0), capsys.readouterr().out


def test_release_writes_known_mistakes_and_says_when_they_are_not_current(
    small_course: Callable[..., Course], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    course = small_course(SOLUTION, SEES)
    monkeypatch.chdir(course.root)
    assert ended(capsys, "release", "small")[0] == 0
    assert (course.root / "public_tests" / "small.mistakes.h5").is_file()
    assert ended(capsys, "release", "small", "--check") == (
        0,
        "All files are current.\nNext: grader validate small\n",
    )
    more = course.root / FACTOR
    more.parent.mkdir(parents=True)
    more.write_text(DOUBLES)
    assert ended(capsys, "release", "small", "--check") == (
        1, "public_tests/small.mistakes.h5: is not current\nNext: grader release small\n",
    )  # fmt: skip


def test_advice_takes_no_longer_than_it_may(audited: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.authoring.mutation_audit.ADVISING", 0.0)
    _, found = audited(BLIND)
    advised = {one.mutant.description: one.advice for one in found.survivors}
    assert advised[TIMES] == "Other inputs were not tried any more, since the tests take long."


def test_inputs_that_take_long_are_not_all_tried(audited: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.authoring.mutation_audit.PROBING", 0.0)
    _, found = audited(BLIND)
    assert {one.advice for one in found.survivors} == {"None of 0 other inputs that were tried does either."}
