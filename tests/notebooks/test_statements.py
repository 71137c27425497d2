"""Tests of cells as statements: what each binds and reads, and which may be part of a program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.models.submission import Cell
from grader.notebooks.magics import without_magics
from grader.notebooks.statements import Broken, Piece, parse_cell


def pieces(source: str) -> tuple[Piece, ...]:
    parsed = parse_cell(Cell(1, source))
    assert isinstance(parsed, tuple)
    return parsed


def piece(source: str) -> Piece:
    (only,) = pieces(source)
    return only


def broken(source: str) -> Broken:
    parsed = parse_cell(Cell(1, source))
    assert isinstance(parsed, Broken)
    return parsed


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np",
        "from dnn_utils import *",
        "def f(x):\n    return x",
        "@decorator\ndef f(x):\n    return x",
        "async def f(x):\n    return x",
        "class C(Base):\n    x = f()",
        "eps = 1e-8",
        "layers = [12, 5, 1]",
        "a, b = 1, -2.5",
        "square = lambda x: x * x",
        "scale = np.pi / 2",
        "names = {'a': (1, 2)}",
        "rate: float = 0.1",
        "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np",
        "try:\n    import cupy\nexcept ImportError:\n    pass",
        "if DEBUG:\n    level = 2\nelse:\n    level = 1",
    ],
)
def test_imports_definitions_and_constants_are_clean(source: str) -> None:
    assert piece(source).clean


@pytest.mark.parametrize(
    "source",
    [
        "A, W, b = linear_forward_test_case()",
        "Z = linear_forward(A, W, b)",
        "W1 = parameters['W1']",
        "x = [f(i) for i in range(3)]",
        "x += 1",
        "x[0] = 1",
        "plt.rcParams['figure.figsize'] = (5, 4)",
        "for i in range(3):\n    x = i",
        "while True:\n    pass",
        "with open('x') as file:\n    text = ''",
        "assert x == 1",
        "del x",
        "if ready():\n    x = 1",
        "if True:\n    print(1)",
        "try:\n    run()\nexcept Exception:\n    pass",
        "rate: float",
    ],
)
def test_what_does_something_is_not_clean(source: str) -> None:
    assert not piece(source).clean


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("print('hello')", id="a call"),
        pytest.param("plt.show()\nprint(len(parameters))", id="calls"),
        pytest.param("'a lone text'", id="a text"),
        pytest.param("parameters", id="a name"),
        pytest.param("# nothing yet", id="a comment"),
    ],
)
def test_a_cell_of_expressions_that_bind_nothing_counts_as_empty(source: str) -> None:
    assert pieces(source) == ()


def test_an_expression_beside_another_statement_does_not() -> None:
    assert [piece.clean for piece in pieces("rate = 0.1\nprint(linear_forward(x))")] == [True, False]
    assert "linear_forward" in pieces("rate = 0.1\nprint(linear_forward(x))")[1].words


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import numpy as np", {"np"}),
        ("import os.path", {"os"}),
        ("from dnn_utils import relu, sigmoid as s", {"relu", "s"}),
        ("from dnn_utils import *", {"*"}),
        ("def f(x):\n    y = x", {"f"}),
        ("class C:\n    y = 1", {"C"}),
        ("a, (b, *c) = d", {"a", "b", "c"}),
        ("for i, j in x:\n    k = i", {"i", "j", "k"}),
        ("x = [y for y in z]", {"x"}),
        ("f = lambda y: y", {"f"}),
        ("x[0] = y.z = 1", set()),
        ("print(x := y)", {"x"}),
        ("print([x for x in y])", set()),
        ("try:\n    import a\nexcept E:\n    b = 1", {"a", "b"}),
    ],
)
def test_a_statement_binds_what_stands_at_top_level(source: str, names: set[str]) -> None:
    assert piece(source).binds == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(x):\n    return np.dot(x, W) + len(x)", {"np", "W", "len"}),
        ("def f(x):\n    def g():\n        return x + y\n    return g", {"y"}),
        ("def f(x, y=eps):\n    return x", {"eps"}),
        ("def f(x: np.ndarray) -> Array:\n    return x", {"np", "Array"}),
        ("@cached\ndef f(x):\n    return x", {"cached"}),
        ("def f(n):\n    return f(n - 1)", {"f"}),
        ("class C(Base):\n    def m(self):\n        return helper(self)", {"Base", "helper"}),
        ("def f(xs):\n    return [x * k for x in xs]", {"k"}),
        ("x = y + 1", {"y"}),
        ("def f():\n    global counter\n    counter += 1", {"counter"}),
        ("def f(x):\n    x = print(__name__)", {"print", "__name__"}),
    ],
)
def test_a_statement_reads_names_from_inside_its_functions_too(source: str, names: set[str]) -> None:
    assert piece(source).reads == names


def test_statements_keep_their_text_and_their_line() -> None:
    source = "# first\nimport numpy as np; eps = 1\n\n@decorator\ndef f(x):\n    # why\n    return x  # end\n"
    assert [(p.statement.line, p.statement.source) for p in pieces(source)] == [
        (2, "import numpy as np"),
        (2, "eps = 1"),
        (4, "@decorator\ndef f(x):\n    # why\n    return x"),
    ]


def test_text_is_cut_by_characters_however_many_bytes_they_have() -> None:
    assert [p.statement.source for p in pieces("α = 'é😀'; β = 'ü'")] == ["α = 'é😀'", "β = 'ü'"]


# ---------------------------------------------------------------- magics


@pytest.mark.parametrize(
    "magic",
    [
        "%matplotlib inline",
        "!pip install numpy",
        "?np.dot",
        "np.dot?",
        "np.dot??",
        "files = !ls -la",
        "out = %timeit -o f(1)",
        "    %autoreload 2",
    ],
)
def test_a_magic_costs_no_other_statement(magic: str) -> None:
    source = f"if True:\n    pass\n{magic}\ndef f(x):\n    return x\n"
    assert [p.statement.source for p in pieces(source)][-1] == "def f(x):\n    return x"


def test_a_magic_inside_a_block_leaves_the_block() -> None:
    assert len(pieces("if ready:\n    !ls\nx = 1")) == 2


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile notes.txt", "\n\n%%javascript"])
def test_a_cell_in_another_language_has_no_statements(magic: str) -> None:
    assert pieces(f"{magic}\ndef f(x): return x") == ()


@pytest.mark.parametrize("magic", ["%%time", "%%prun -q", "%%capture"])
def test_a_cell_magic_that_runs_python_leaves_its_statements(magic: str) -> None:
    assert [p.statement.line for p in pieces(f"{magic}\ndef f(x): return x")][-1] == 2


def test_a_line_of_a_text_that_looks_like_a_magic_is_left_alone() -> None:
    source = 'def f(x):\n    """Formats\n    %d of them\n    really?\n    """\n    return x'
    assert piece(source).statement.source == source


@given(st.text())
def test_leaving_out_magics_keeps_every_line_in_its_place(source: str) -> None:
    assert without_magics(source).count("\n") == source.count("\n")


# ---------------------------------------------------------------- what does not parse


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        pytest.param("x = 1\ny = (2\nz = 3", 2, "never closed", id="bracket"),
        pytest.param("def f(x)\n    return x", 1, "expected ':'", id="colon"),
        pytest.param("x = 1\n  y = 2", 2, "unexpected indent", id="indent"),
        pytest.param("for x in y:\nz = 1", 2, "indented block", id="empty loop"),
        pytest.param("x = 1\ndef f(a, a):\n    return a", 2, "duplicate argument", id="parameter twice"),
        pytest.param("x = 1\nprint(lambda a, a: a)", 2, "duplicate argument", id="parameter of lambda twice"),
        pytest.param("[x := 1 for x in y]", 1, "cannot rebind", id="a name bound twice in a comprehension"),
        pytest.param("def f(a):\n    global a", 2, "parameter and global", id="global parameter"),
        pytest.param("x = '\0'", 1, "null bytes", id="null byte"),
        pytest.param("x = '\ud800'", 1, "cannot be read", id="half a character"),
        pytest.param("x = " + "(" * 500, 1, "nested", id="500 brackets"),
        pytest.param("x = " + "-" * 100_000 + "1", 1, "cannot be read", id="100,000 signs"),
        pytest.param("x = " + "+".join("1" * 100_000), 1, "cannot be read", id="much too long sum"),
    ],
)
def test_a_cell_that_does_not_parse_says_where_and_why(source: str, line: int, reason: str) -> None:
    parsed = broken(source)
    assert parsed.line == line
    assert reason in parsed.reason


@pytest.mark.parametrize(
    "source", [r"x = '\d'", "def f(a):\n    return a is 1", "assert (x, 'always true')", "x = 1if y else 2"]
)
def test_what_python_only_warns_of_is_read_in_silence(source: str) -> None:
    assert len(pieces(source)) == 1


@given(st.text(st.characters(exclude_characters="\r"), max_size=60))
def test_any_text_is_statements_or_broken(source: str) -> None:
    parsed = parse_cell(Cell(1, source))
    assert isinstance(parsed, tuple | Broken)


def test_a_lone_carriage_return_ends_a_line_as_it_does_for_python():
    pieces = parse_cell(Cell(1, "x = 1\ry = 2\r\nz = 3"))
    assert [piece.statement.source for piece in pieces] == ["x = 1", "y = 2", "z = 3"]


@pytest.mark.parametrize(
    ("source", "any_name"),
    [
        ("get_ipython().push({'f': 1})", True),
        ("get_ipython().ex('f = 1')", True),
        ("shell.ex('f = 1')", True),
        ("jobs.push('f')", False),
        ("history.ex('f')", False),
    ],
)
def test_what_is_pushed_to_the_shell_may_bind_any_name_and_to_a_stack_none(
    source: str, any_name: bool
) -> None:
    assert piece(source).binds_any == any_name
