"""Kinds of tests of other graders that come over, each with the smallest notebook that has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader_cells import code, graded, solution, written

from grader.assignments.course import Course
from grader.importers.importing import imported
from grader.importers.readers import read
from grader.sandbox.fork_server import ForkServer


def test_a_variable_that_two_cells_set_and_two_tests_look_at(brought: Any) -> None:
    came = brought(
        solution("### BEGIN SOLUTION\nv = np.arange(3)\n### END SOLUTION", "first"),
        graded("assert v[2] == 2", "first-test"),
        solution("### BEGIN SOLUTION\nv = v * 2\n### END SOLUTION", "second"),
        graded("assert v[2] == 4", "second-test"),
    )
    assert came.ways == {"first-test": "value", "second-test": "value"}
    assert came.lost() == set()
    assert came.lost(first="v = np.arange(3) + 1") == {"v_1"}
    assert came.lost(second="v = v * 3") == {"v"}


def test_a_variable_that_a_later_cell_changes_in_place(brought: Any) -> None:
    came = brought(
        solution("### BEGIN SOLUTION\nstock = {'tea': 3}\n### END SOLUTION", "begin"),
        graded("assert stock == {'tea': 3}", "begin-test"),
        solution("### BEGIN SOLUTION\nstock['milk'] = 1\n### END SOLUTION", "add"),
        graded("assert stock['milk'] == 1", "add-test"),
    )
    assert came.lost() == set()
    assert came.lost(add="stock['milk'] = 2") == {"stock"}
    assert came.lost(begin="stock = {'tea': 4}") == {"stock_1"}


def test_several_tests_of_the_properties_of_one_variable(brought: Any) -> None:
    came = brought(
        solution("### BEGIN SOLUTION\ndrawn = np.random.rand(4)\n### END SOLUTION", "drawn"),
        graded("assert drawn.shape == (4,)", "shape-test"),
        graded("assert drawn.min() >= 0", "range-test"),
    )
    assert came.lost() == set()
    assert came.lost(drawn="drawn = np.random.rand(5)") == {"drawn"}
    assert came.lost(drawn="drawn = np.random.rand(4) - 2") == {"drawn"}


def test_answers_that_differ_each_time_are_judged_by_what_the_test_asserts(brought: Any) -> None:
    came = brought(
        solution(
            "import os\ndef key():\n    ### BEGIN SOLUTION\n    return os.urandom(4).hex()\n"
            "    ### END SOLUTION",
            "key",
        ),
        graded("a = key()\nassert a != key()\nassert len(a) == 8", "key-test"),
    )
    assert came.ways == {"key-test": "assertion"}
    assert came.lost() == set()
    assert came.lost(key="def key():\n    return 'abcdabcd'") == {"key"}


def test_functions_as_arguments_bring_what_they_read(brought: Any) -> None:
    came = brought(
        solution(
            "def at(f, g, x):\n    ### BEGIN SOLUTION\n    return f(x) - g(x)\n    ### END SOLUTION", "at"
        ),
        graded(
            "from math import exp\nscale = 3\n\ndef double(x):\n    return 2 * x\n\n"
            "def times(k):\n    return lambda x: k * double(x)\n\n"
            "assert at(lambda x: exp(x), lambda x: x * scale, 0) == 1\nassert at(times(2), double, 5) == 10",
            "at-test",
        ),
    )
    assert came.ways == {"at-test": "steps"}
    assert came.lost() == set()
    assert came.lost(at="def at(f, g, x):\n    return g(x) - f(x)") == {"at"}


def test_entries_of_an_answer_that_is_too_large_to_be_kept(brought: Any) -> None:
    came = brought(
        solution(
            "def ones(n):\n    ### BEGIN SOLUTION\n    return np.ones((n, n))\n    ### END SOLUTION", "ones"
        ),
        graded("a = ones(1500)\nassert (a[:, 0] == 1).all()\nassert a[..., 3].sum() == 1500", "ones-test"),
    )
    assert came.ways == {"ones-test": "steps"}
    assert came.lost() == set()
    assert came.lost(ones="def ones(n):\n    return np.zeros((n, n))") == {"ones"}


def test_functions_that_call_each_other_are_named_and_leave_the_other_tests(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    for name in ("solutions", "testcases"):
        (tmp_path / "course" / name).mkdir(parents=True)
    even_odd = (
        "def even(n):\n    return n == 0 or odd(n - 1)\n\ndef odd(n):\n    return n > 0 and even(n - 1)\n\n"
    )
    cells = [
        solution("def at(f, x):\n    ### BEGIN SOLUTION\n    return f(x)\n    ### END SOLUTION", "at"),
        graded(f"{even_odd}assert at(even, 4)", "mutual-test"),
        graded("assert at(lambda x: x + 1, 4) == 5", "plain-test"),
    ]
    path = written(tmp_path / "source" / "mutual.ipynb", cells)
    [source] = read(path)
    one = imported(source, Course(tmp_path / "course"), sandbox)
    assert [(each.title, each.reason) for each in one.listed] == [
        ("mutual-test", "the test calls with an argument of type function")
    ]
    assert one.plan is not None
    assert [item.points for item in one.plan.items] == [1]


def test_what_students_import_leaves_the_functions_that_they_write(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    for name in ("solutions", "testcases"):
        (tmp_path / "course" / name).mkdir(parents=True)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "marks.py").write_text("def mark(x):\n    return x > 3\n")
    cells = [
        solution("### BEGIN SOLUTION\nfrom marks import mark\n### END SOLUTION", "mark"),
        graded("assert mark(5)", "mark-test"),
        solution("def rise(x):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION", "rise"),
        graded("assert rise(1) == 2", "rise-test"),
    ]
    path = written(tmp_path / "source" / "two.ipynb", cells)
    [source] = read(path)
    one = imported(source, Course(tmp_path / "course"), sandbox)
    assert [each.title for each in one.listed] == ["mark-test"]
    assert one.plan is not None
    assert [item.name for item in one.plan.items] == ["rise"]


def test_a_class_is_asked_for_by_its_own_methods_and_by_the_test(brought: Any) -> None:
    def written_as(kind: str) -> str:
        return (
            "class Length:\n    def __init__(self, m):\n        self.m = m\n"
            f"    def __add__(self, other):\n        if isinstance(other, {kind}):\n"
            "            return Length(self.m + other.m)\n        return Length(self.m + other)"
        )

    came = brought(
        solution(f"### BEGIN SOLUTION\n{written_as('Length')}\n### END SOLUTION", "length"),
        graded("assert (Length(2) + Length(3)).m == 5\nassert (Length(2) + 3).m == 5", "sum-test"),
        graded(
            "one = Length(np.array([1, 2])) + 1\nassert isinstance(one, Length)\n"
            "assert isinstance(one.m, np.ndarray) and one.m.shape == (2,)",
            "kind-test",
        ),
    )
    assert {*came.ways} == {"sum-test", "kind-test"}
    assert came.lost() == set()
    assert came.lost(length=written_as("Length | int")) == {"Length"}
    assert came.lost(length=written_as("Length").replace("return Length", "return type(other)")) == {"Length"}


def test_the_value_of_a_variable_may_be_handed_a_large_table(brought: Any) -> None:
    came = brought(
        code("class Line:\n    def at(self, x):\n        return 3 * x.sum()\n\nx = np.arange(900.0) ** 2"),
        solution("### BEGIN SOLUTION\nbest = Line()\n### END SOLUTION", "best"),
        graded("assert best.at(x) > 10", "best-test"),
    )
    assert came.lost() == set()
    assert came.lost(best="best = 7") == {"best"}


def test_an_assertion_reads_the_data_files_of_the_source(brought: Any, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "rows.txt").write_text("\n".join(map(str, range(900))))
    came = brought(
        code("rows = np.loadtxt('rows.txt')"),
        solution("def some(x):\n    ### BEGIN SOLUTION\n    return x[::2]\n    ### END SOLUTION", "some"),
        graded("assert len(some(rows)) < len(rows)\nassert (some(rows) >= 0).all()", "some-test"),
    )
    assert came.ways == {"some-test": "assertion"}
    assert came.lost() == set()
    assert came.lost(some="def some(x):\n    return x") == {"some"}


def test_an_object_is_asked_for_its_class(brought: Any) -> None:
    came = brought(
        code("from graphlib import TopologicalSorter"),
        solution("### BEGIN SOLUTION\nplan = TopologicalSorter({1: [2]})\n### END SOLUTION", "plan"),
        graded(
            "assert isinstance(plan, TopologicalSorter)\nassert plan.static_order() is not None", "plan-test"
        ),
    )
    assert came.ways == {"plan-test": "assertion"}
    assert came.lost() == set()
    assert came.lost(plan="class Plan(TopologicalSorter):\n    pass\n\nplan = Plan({})") == set()
    assert came.lost(plan="plan = range(3)") == {"plan"}


def test_functions_that_the_hidden_part_of_a_test_defines_are_arguments(brought: Any) -> None:
    came = brought(
        solution(
            "def twice(f, x):\n    ### BEGIN SOLUTION\n    return f(f(x))\n    ### END SOLUTION", "twice"
        ),
        graded(
            "def square(x):\n    return x**2\n### BEGIN HIDDEN TESTS\ndef half(x):\n    return x / 2\n"
            "for x in (3, 8):\n    assert twice(square, x) == x**4\n    assert twice(half, x) == x / 4\n"
            "### END HIDDEN TESTS",
            "twice-test",
        ),
    )
    assert came.lost() == set()
    assert came.lost(twice="def twice(f, x):\n    return f(x) ** 2") == {"twice"}


def test_a_table_with_missing_values_is_the_one_that_was_handed_over(brought: Any, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    rows = "\n".join(f"{i},{'' if i % 7 else i / 2},name {i}" for i in range(300))
    (tmp_path / "source" / "rows.csv").write_text(f"number,half,name\n{rows}\n")
    came = brought(
        code("import pandas as pd\ntable = pd.read_csv('rows.csv')"),
        solution(
            "def some(x):\n    ### BEGIN SOLUTION\n    return x[x.number > 100]\n    ### END SOLUTION", "some"
        ),
        graded("assert some(table).shape[1] == 3\nassert (some(table).number > 100).all()", "some-test"),
    )
    assert came.ways == {"some-test": "assertion"}
    assert came.lost() == set()
    assert came.lost(some="def some(x):\n    return x") == {"some"}


def test_a_name_that_a_test_sets_first_is_its_own(brought: Any) -> None:
    came = brought(
        solution("### BEGIN SOLUTION\nn = 2\nfor m in range(3):\n    print(m)\n### END SOLUTION", "loop"),
        graded("assert n == 2", "n-test"),
        solution("def twice(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "twice"),
        graded("for m in range(4):\n    n = twice(m)\n    assert n - m == m", "twice-test"),
    )
    assert came.ways == {"n-test": "value", "twice-test": "cases"}
    assert came.lost() == set()
    assert came.lost(loop="n = 3", twice="def twice(x):\n    return x") == {"n", "twice"}
