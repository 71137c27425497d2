"""The audit finds what test cases do not see, and remembers what they do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.assignment import Course, Definition, load
from grader.authoring.audit import Audit, audit, broken_by_hand
from grader.authoring.release import release, stale_mistakes
from grader.authoring.validate import findings
from grader.cli import main
from grader.grading import prepare
from grader.mistakefile import read_mistakes
from grader.model import Mistake
from grader.mutation import mutants
from grader.sandbox.forkserver import ForkServer

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
    made = [m for f in ("half", "quarter") for m in mutants(definition.reference.functions[f].source)]
    assert found.count == len(made) == len(found.survivors) + len(found.mistakes)
    assert found.count >= 8


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


def test_a_survivor_is_told_with_the_line_that_signs_it_off(audited: Small) -> None:
    _, found = audited(BLIND)
    told = next(str(survivor) for survivor in found.survivors if survivor.mutant.description == TIMES)
    assert told.startswith(f"half, line 4 of it: {TIMES}. No test case tells it from the solution.")
    exec(told[told.index("SIGNED_OFF[") :], {"SIGNED_OFF": (signed := {})})
    assert signed == {"half": {TIMES: "..."}}


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
    assert ended(capsys, "release", "small", "--check") == (0, "All files are current.\n")
    more = course.root / FACTOR
    more.parent.mkdir(parents=True)
    more.write_text(DOUBLES)
    assert ended(capsys, "release", "small", "--check") == (
        1, "public_tests/small.mistakes.h5: is not current\n",
    )  # fmt: skip
