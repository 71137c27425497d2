"""A course folder is read as assignments, and every fault in it is told with what to do."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
import pytest

from grader.assignments.course import Course, find_course
from grader.assignments.definition import SUPPORTED, Definition, reference_functions
from grader.assignments.loader import load
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]

GENERATOR = "from grader.testcase import exercise\n\n\n@exercise()\ndef double(rng):\n"
SECOND = '\n\n# GRADED FUNCTION: triple\n\n\ndef triple(x):\n    """Triple x."""\n    return 3 * x\n'


def all_calls(definition: Definition, seed: str = "s") -> list[tuple[str, bool, object]]:
    return [
        (case, call.public, call.args)
        for e in definition.exercises
        for case, call, _ in definition.calls(e, seed)
    ]


# ---------------------------------------------------------------- finding


def test_the_nearest_course_folder_counts(small_course: NewCourse) -> None:
    root = small_course().root
    deep = root / "a" / "b"
    deep.mkdir(parents=True)
    assert find_course(deep) == Course(root)


def test_an_explicit_course_folder_counts_more(small_course: NewCourse, tmp_path: Path) -> None:
    root = small_course().root
    assert find_course(tmp_path, root) == Course(root)


def test_without_a_course_folder_the_shipped_exercises_are_found(tmp_path: Path) -> None:
    course = find_course(tmp_path)
    assert course.shipped
    assert "dnn_step_by_step" in course.names()


def test_an_explicit_folder_that_is_no_course_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="is not a course folder"):
        find_course(tmp_path, tmp_path)


def test_an_assignment_has_a_solution_and_test_cases(small_course: NewCourse) -> None:
    course = small_course(**{"solutions/half.py": "", "testcases/other.py": ""})
    assert course.names() == ["small"]


# ---------------------------------------------------------------- loading


def test_an_exercise_is_what_its_declaration_and_reference_say(definition: Definition) -> None:
    exercises = {exercise.name: exercise for exercise in definition.exercises}
    assert next(iter(exercises)) == "initialize_parameters"
    forward = exercises["linear_activation_forward"]
    assert forward.parameters == ("A_prev", "W", "b", "activation")
    assert forward.results == ("A", "cache")
    assert forward.uses == ("linear_forward",)
    assert exercises["L_model_backward"].uses == ("linear_activation_backward",)
    assert len(exercises["L_model_backward"].editions) == 1
    assert definition.wanted.modules["dnn_utils"] == definition.wanted.modules["dnn_utils_v2"]
    assert definition.wanted.grade_ids["compute_cost"] == "cell-abad606772066f14"


def test_loading_leaves_no_trace_in_the_process(course: Course) -> None:
    path, modules = list(sys.path), set(sys.modules)
    load(course, "dnn_step_by_step")
    assert sys.path == path
    assert not {"testCases", "dnn_utils"} & (set(sys.modules) - modules)


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("elsewhere/table.py", id="a module of another folder"),
        pytest.param("elsewhere/table/rows.py", id="a folder without a module"),
        pytest.param("course/solutions/small_2/table.py", id="an assignment whose name goes on"),
    ],
)
def test_a_module_of_the_same_name_that_was_imported_before_is_another(
    place: str, small_course: NewCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    solution = "import table\n\n\n# GRADED FUNCTION: double\ndef double(x):\n    return table.TWO * x\n"
    cases = """import table

from grader.testcase import exercise


@exercise(points=5)
def double(rng):
    yield {"x": table.TWO}
"""
    course = small_course(solution, cases, **{"solutions/small/table.py": "TWO = 2\n"})
    other_file = tmp_path / place
    other_file.parent.mkdir(parents=True)
    other_file.write_text("THREE = 3\n")
    is_module = other_file.stem == "table"
    monkeypatch.syspath_prepend(str(other_file.parent if is_module else other_file.parents[1]))
    other = importlib.import_module("table")
    try:
        definition = load(course, "small")
        assert reference_functions(definition).double(4) == 8
        assert sys.modules["table"] is other
    finally:
        del sys.modules["table"]


def test_a_provided_module_may_have_our_name(small_course: NewCourse) -> None:
    course = small_course(**{"solutions/small/grader.py": "MARK = 5\n"})
    assert load(course, "small").exercises[0].name == "double"


def test_a_solution_may_be_a_notebook(small_course: NewCourse) -> None:
    course = small_course()
    cells = [nbformat.v4.new_code_cell(course.solution("small").read_text())]
    course.solution("small").unlink()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), course.root / "solutions" / "small.ipynb")
    assert load(course, "small").exercises[0].name == "double"


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("solutions/small/extra.py", id="module"),
        pytest.param("solutions/small/weights.txt", id="data of a module"),
        pytest.param("testcases/small/digits/train.csv", id="data of a generator"),
    ],
)
def test_a_digest_changes_with_all_that_defines_an_assignment(small_course: NewCourse, path: str) -> None:
    bare = load(small_course(), "small")
    one, other = (load(small_course(**{path: text}), "small") for text in ("X = 1\n", "X = 2\n"))
    assert len({bare.sha256, one.sha256, other.sha256}) == 3
    assert len({bare.mistakes_sha256, one.mistakes_sha256, other.mistakes_sha256}) == 3
    assert load(small_course(), "small").sha256 == other.sha256


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("testcases/small/broken/half.py", id="broken version"),
        pytest.param("testcases/small/accepted/twice.py", id="accepted version"),
        pytest.param("testcases/small/__pycache__/x.pyc", id="compiled"),
        pytest.param("testcases/small/.DS_Store", id="of a file browser"),
        pytest.param("solutions/small/.ipynb_checkpoints/x.py", id="of an editor"),
        pytest.param("testcases/other/data.csv", id="of another assignment"),
    ],
)
def test_a_digest_does_not_change_with_anything_else(small_course: NewCourse, path: str) -> None:
    assert load(small_course(), "small").sha256 == load(small_course(**{path: "1\n"}), "small").sha256


# ---------------------------------------------------------------- test cases


def test_a_seed_draws_the_same_cases_again(small_course: NewCourse) -> None:
    definition = load(small_course(), "small")
    assert repr(all_calls(definition)) == repr(all_calls(definition))
    assert repr(all_calls(definition)) != repr(all_calls(definition, "other"))


def test_public_cases_come_first_and_do_not_depend_on_the_seed(small_course: NewCourse) -> None:
    definition = load(small_course(), "small")
    one, other = all_calls(definition), all_calls(definition, "other")
    assert [case for case, _, _ in one] == ["public-1", "hidden-1", "hidden-2", "hidden-3"]
    assert repr(one[0]) == repr(other[0])


def test_published_calls_are_public_cases(small_course: NewCourse) -> None:
    testcases = GENERATOR.replace("exercise()", "exercise(published=[{'x': 7}])") + "    yield {'x': 1}\n"
    definition = load(small_course(testcases=testcases), "small")
    assert all_calls(definition)[0] == ("current-1", True, (7,))


def test_a_generator_with_two_parameters_gets_the_reference(small_course: NewCourse) -> None:
    testcases = GENERATOR.replace("(rng)", "(rng, reference)") + "    yield {'x': reference.double(21)}\n"
    definition = load(small_course(testcases=testcases), "small")
    assert {args for _, _, args in all_calls(definition)} == {(42,)}


def test_every_call_has_a_seed_of_its_own(definition: Definition) -> None:
    exercise = definition.exercises[0]
    seeds = [call.seed for _, call, _ in definition.calls(exercise, "s")]
    assert len(set(seeds)) == len(seeds)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(
            "    yield {'y': 1}", "has ['y']\n  Yield a dictionary with the keys x.", id="wrong keys"
        ),
        pytest.param(
            "    yield np.ones(3)", "has ndarray\n  Yield a dictionary with the keys x.", id="no dictionary"
        ),
        pytest.param(
            "    return []", "no test cases for double\n  Let double(rng) yield", id="no case at all"
        ),
        pytest.param(
            "    yield {'x': 1 / 0}",
            ", line 7: the generator double raised ZeroDivisionError: division by zero",
            id="it raises",
        ),
        pytest.param("    raise SystemExit(3)", "the generator double raised SystemExit: 3", id="it exits"),
        pytest.param(
            "    yield {'x': [{'a': max}]}",
            "case public-1 of double has a value of type builtin_function_or_method\n  Yield numbers, texts",
            id="a function as an input",
        ),
    ],
)
def test_a_fault_of_a_generator_is_told_with_the_remedy(
    small_course: NewCourse, sandbox: ForkServer, body: str, says: str
) -> None:
    course = small_course(testcases=f"import numpy as np\n{GENERATOR}{body}\n")
    with pytest.raises(AssignmentError) as error:
        prepare(load(course, "small"), sandbox, "s")
    assert says in str(error.value)
    assert str(error.value).startswith(str(course.testcases("small")))


# ---------------------------------------------------------------- faults of files


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param(
            {"testcases": "import grader.nothing"}, "importing it raised ModuleNotFoundError", id="import"
        ),
        pytest.param(
            {"testcases": "x = ("}, "importing it raised SyntaxError", id="syntax of the test cases"
        ),
        pytest.param({"testcases": "x = 1"}, "it declares no exercise", id="no exercise"),
        pytest.param({"testcases": "exit(3)"}, "importing it raised SystemExit", id="test cases that exit"),
        pytest.param({"solution": "x = 1"}, "double is missing", id="no function"),
        pytest.param(
            {"solution": "def double(x):\n    return 2 *\n"}, "double is syntax error (line 2", id="syntax"
        ),
        pytest.param(
            {"solution": "def double(x):\n    pass\n"}, "double is blank", id="a stub as a solution"
        ),
        pytest.param(
            {"testcases": f"ALIASES = {{'nope': ()}}\n{GENERATOR}    yield {{'x': 1}}\n"},
            "ALIASES names nope",
            id="an alias of no module",
        ),
        *(
            pytest.param(
                {"testcases": f"{setting}\n{GENERATOR}    yield {{'x': 1}}\n"},
                f"{setting.split()[0]} is not what it should be\n  Let it be ",
                id=setting,
            )
            for setting in (
                "NOTEBOOK = 3",
                "ALIASES = 'np'",
                "ALIASES = {'np': 'numpy'}",
                "SIGNED_OFF = ['double']",
                "SIGNED_OFF = {'double': ['a mutant']}",
                "SIGNED_OFF = {'double': {'a mutant': None}}",
            )
        ),
    ],
)
def test_a_fault_of_a_file_is_told(small_course: NewCourse, files: dict[str, str], says: str) -> None:
    with pytest.raises(AssignmentError) as error:
        load(small_course(**files), "small")
    assert says in str(error.value)
    assert "\n  " in str(error.value), "the second line says what to do"


@pytest.mark.parametrize("value", ["max", "(1, {'a': [max]})"])
def test_an_answer_of_the_reference_that_cannot_be_compared_is_told(
    small_course: NewCourse, sandbox: ForkServer, value: str
) -> None:
    course = small_course(solution=f"def double(x):\n    return {value}\n")
    with pytest.raises(AssignmentError) as error:
        prepare(load(course, "small"), sandbox, "s")
    assert str(error.value) == (
        f"{course.solution('small')}: double returns a value of type builtin_function_or_method\n"
        f"  Return {SUPPORTED}."
    )


def test_a_solution_in_another_encoding_is_told(small_course: NewCourse) -> None:
    course = small_course()
    course.solution("small").write_bytes(b"# caf\xe9\n" + course.solution("small").read_bytes())
    with pytest.raises(
        AssignmentError, match=r"small\.py: it is not text in UTF-8 \(byte 5\)\n  Save it as text in UTF-8"
    ):
        load(course, "small")


def test_a_marked_function_without_a_generator_is_an_error(small_course: NewCourse) -> None:
    course = small_course(solution=small_course().solution("small").read_text() + SECOND)
    with pytest.raises(AssignmentError) as error:
        load(course, "small")
    assert str(error.value) == (
        f"{course.root}/testcases/small.py: no test cases for triple\n"
        "  Add a generator triple(rng) that yields the keyword arguments of one call."
    )


def test_an_unknown_assignment_is_told_with_those_there_are(small_course: NewCourse) -> None:
    with pytest.raises(AssignmentError, match=r"(?s)there is no such file.*small.*grader new other"):
        load(small_course(), "other")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        pytest.param("smal", "Did you mean small? ", id="a letter short"),
        pytest.param("Small", "Did you mean small? ", id="a capital"),
        pytest.param("samll", "Did you mean small? ", id="letters swapped"),
        pytest.param("s", "Did you mean small? ", id="its beginning"),
        pytest.param("regression", "", id="like none"),
    ],
)
def test_a_mistyped_assignment_is_asked_back_before_the_list(
    small_course: NewCourse, typed: str, asked: str
) -> None:
    course = small_course()
    with pytest.raises(AssignmentError) as error:
        course.check_has(typed)
    second = str(error.value).split("\n")[1]
    assert second == f"  {asked}Assignments in {course.root}: small. Make a new one with: grader new {typed}"


def test_inputs_are_those_of_the_generator(small_course: NewCourse) -> None:
    sizes = [np.shape(call[0]) for _, _, call in all_calls(load(small_course(), "small"))]  # type: ignore[index]
    assert sizes == [(3,), (3,), (1,), (4,)]


def test_a_solution_defines_its_functions_by_def(small_course: NewCourse) -> None:
    course = small_course(solution="# GRADED FUNCTION: double\ndouble = lambda x: 2 * x\n")
    with pytest.raises(AssignmentError, match="double is not defined by a `def`"):
        load(course, "small")


@pytest.mark.parametrize("name", ["solutions/small.py", "testcases/small.py"])
def test_a_byte_order_mark_is_none_of_anybodys_business(
    small_course: Callable[..., Course], sandbox: ForkServer, name: str
) -> None:
    course = small_course()
    (course.root / name).write_bytes(b"\xef\xbb\xbf" + (course.root / name).read_bytes())
    assert prepare(load(course, "small"), sandbox, None).exercises[0].cases
