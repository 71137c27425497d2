"""A notebook belongs to the assignment that its names, ids, title and imports are of."""

from __future__ import annotations

import time

import nbformat
import pytest

from grader.errors import UnreadableError
from grader.models.assignment import Wanted
from grader.models.submission import Cell
from grader.notebooks.assignment_detection import (
    Recognised,
    Traits,
    marked_functions,
    read_traits,
    recognise,
    traits_of,
    traits_of_assignment,
    words,
)
from grader.notebooks.solution import notebook_bytes

SHALLOW = ("layer_sizes", "initialize", "forward", "compute_cost", "update", "predict")
DEEP = ("initialize", "initialize_deep", "linear", "chain", "compute_cost", "update", "backward", "steps")
APPLICATION = ("two_layer_model", "deep_model")
ASSIGNMENTS = {
    "shallow": traits_of_assignment(
        "shallow",
        Wanted(SHALLOW, {"predict": "cell-1"}, {"planar_utils": "", "testCases": ""}),
        ["Planar data"],
    ),
    "deep": traits_of_assignment(
        "deep", Wanted(DEEP, {"chain": "cell-2"}, {"dnn_utils": "", "testCases": ""}), ["Step by Step"]
    ),
    "application": traits_of_assignment("application", Wanted(APPLICATION, {}, {"app_utils": ""}), ["Cats"]),
    "answers": traits_of_assignment(
        "answers", Wanted(("q1", "q2", "Box.area"), {}, {}, variables=("q1", "q2"))
    ),
}


def cells(*sources: str, grade_id: str | None = None) -> list[Cell]:
    return [Cell(number, source, grade_id) for number, source in enumerate(sources, 1)]


def defining(*names: str) -> str:
    return "\n".join(f"def {name}(): pass" for name in names)


def found(
    source: str = "", *, headings: tuple[str, ...] = (), grade_id: str | None = None, file: str = ""
) -> Recognised:
    return recognise(traits_of(cells(source, grade_id=grade_id), headings), ASSIGNMENTS, file)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        pytest.param(defining(*SHALLOW), "shallow", id="all of one, three of another"),
        pytest.param(defining(*DEEP), "deep", id="the other way round"),
        pytest.param(defining(*DEEP, "predict"), "deep", id="all of one, and a name of another's own"),
        pytest.param(defining(*APPLICATION), "application", id="one with few"),
        pytest.param("def linear(:\n   oops", "deep", id="a cell that does not parse"),
        pytest.param("if True:\n    def chain(): pass", "deep", id="an indented definition"),
        pytest.param("async def chain(): pass", "deep", id="a coroutine"),
        pytest.param("# GRADED FUNCTION: chain\nchain = lambda x: x", "deep", id="a marked name"),
        pytest.param("q1 = 5", "answers", id="a variable"),
        pytest.param("class Box: pass", "answers", id="the class of a method"),
        pytest.param("from planar_utils import *\n" + defining("update"), "shallow", id="imports of one"),
        pytest.param("import app_utils as a", "application", id="nothing but its import"),
    ],
)
def test_names_and_imports_tell_the_assignment(source: str, name: str) -> None:
    assert found(source) == Recognised((name,))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("chain(1)\npredict = 2", id="called, or the name of a value"),
        pytest.param(defining("other"), id="functions of none"),
        pytest.param("import testCases", id="an import of several"),
        pytest.param("q1 == 5", id="compared"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_has_nothing_of_an_assignment_is_of_none(source: str) -> None:
    assert found(source) == Recognised()


def test_names_of_several_leave_it_open_until_something_decides() -> None:
    common = defining("initialize", "compute_cost", "update")
    assert found(common) == Recognised(perhaps=("shallow", "deep"))
    assert found(common, grade_id="cell-2") == Recognised(("deep",))
    assert found(common, headings=("Week 3: Planar data!",)) == Recognised(("shallow",))
    assert found(f"import dnn_utils\n{common}") == Recognised(("deep",))
    assert found(common, file="ada_12_Step-by-Step (1).ipynb") == Recognised(("deep",))


def test_the_name_of_a_file_counts_only_where_nothing_else_decides() -> None:
    assert found(defining(*DEEP), file="planar_data.ipynb") == Recognised(("deep",))
    assert found(headings=("Cats",), file="planar_data.ipynb") == Recognised(("application",))
    assert found(file="planar_data.ipynb") == Recognised(("shallow",))


def test_more_names_decide_where_neither_has_most() -> None:
    assert found(defining("compute_cost", "predict")) == Recognised(("shallow",))


def test_the_whole_of_two_is_of_both_unless_its_title_says_which() -> None:
    both = defining(*DEEP, *APPLICATION)
    assert found(both) == Recognised(("deep", "application"))
    assert found(both, headings=("Cats",)) == Recognised(("application",), besides=("deep",))
    assert found(both, headings=("Cats", "Step by Step")) == Recognised(("deep", "application"))


def test_an_assignment_that_has_all_of_another_is_preferred_to_it() -> None:
    small, large = (Traits(frozenset(names)) for names in ("fg", "fghk"))
    notebook = traits_of(cells(defining("f", "g", "h", "k")))
    assert recognise(notebook, {"small": small, "large": large}) == Recognised(("large",))
    assert recognise(traits_of(cells(defining("f", "g"))), {"large": large, "small": small}).names == (
        "small",
    )


def test_an_outline_of_functions_in_the_text_defines_nothing() -> None:
    text = Cell(1, f"```python\n{defining(*DEEP)}\n```", kind="markdown")
    notebook = traits_of([text, *cells(defining(*APPLICATION))])
    assert recognise(notebook, ASSIGNMENTS) == Recognised(("application",))


def test_without_assignments_nothing_is_recognised() -> None:
    assert recognise(traits_of(cells("def f(): pass")), {}) == Recognised()


def test_marked_functions_are_those_of_the_markers_at_the_start_of_a_line() -> None:
    text = '# GRADED FUNCTION: f\ndef f(): pass\n\n#GRADED FUNCTION:g\n"# GRADED FUNCTION: h"\n'
    assert marked_functions(cells("x = 1", text)) == {"f", "g"}


def test_a_title_and_the_name_of_a_file_have_the_same_words() -> None:
    assert (
        words("Deep Networks: Step by Step")
        == words("deep_networks__Step-by-step")
        == "deep networks step by step"
    )


@pytest.mark.parametrize("version", [3, 4])
def test_the_headings_of_a_notebook_are_read(version: int) -> None:
    text = nbformat.v4.new_markdown_cell("Text\n# Planar data\n## 1 - Packages\n#nothing")
    notebook = nbformat.v4.new_notebook(cells=[text, nbformat.v4.new_code_cell("# Cats\nx = 1")])
    data = notebook_bytes(notebook)
    if version == 3:
        data = nbformat.writes(nbformat.convert(notebook, 3)).encode()
    assert read_traits(data, "a.ipynb").titles == {"planar data"}


def test_a_script_is_read_too_and_what_is_neither_is_not() -> None:
    assert read_traits(b"def f(): pass", "a.py").names == {"f"}
    with pytest.raises(UnreadableError):
        read_traits(b"<html>", "a.ipynb")


@pytest.mark.parametrize("text", [" " * 1_000_000, "a" * 1_000_000, "# " * 500_000, "def " * 250_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    found(text, headings=(text,))
    assert time.process_time() - start < 5
