"""Tests of cells as IPython reads them: what each line means, and that it stays where it is."""

from __future__ import annotations

import subprocess
import sys
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.magics import python_body, python_of, without_magics, written_file


@pytest.mark.parametrize(
    ("source", "python"),
    [
        pytest.param("%matplotlib inline\nx = 1", "pass\nx = 1", id="usual"),
        pytest.param("if a:\n    !ls\nx = 1", "if a:\n    pass\nx = 1", id="usual, in a block"),
        pytest.param("%time x = f()", "x = f()", id="a statement that is timed"),
        pytest.param("x = %time f()", "x = f()", id="an expression that is timed"),
        pytest.param(
            "%run mine.py", "get_ipython().run_file(globals(), False, ['mine.py'])", id="a file that is run"
        ),
        pytest.param(" x = 1\n y = 2", "x = 1\ny = 2", id="indented as a whole"),
        pytest.param(">>> x = 1\n>>> y = 2", "x = 1\ny = 2", id="prompts"),
        pytest.param("def f(x)", "def f(x)", id="no magic at all"),
    ],
)
def test_a_cell_that_does_not_parse_is_read_as_ipython_reads_it(source: str, python: str) -> None:
    assert python_of(source).rstrip("\n") == python


@pytest.mark.parametrize(
    "source",
    [
        "!echo a \\\n  b \\\n  c\nlast = 1",
        "\n\n  first = 1\n\n  last = 1",
        "%matplotlib inline\ntext = '''\n%d\n!x\n'''\nlast = 1",
        "%time x = f(1,\\\n  2)\nlast = 1",
        "In [1]: a = (\n   ...:   2)\nIn [2]: last = 1",
    ],
)
def test_what_stands_below_a_magic_keeps_its_line(source: str) -> None:
    (line,) = [n for n, text in enumerate(python_of(source).split("\n")) if text == "last = 1"]
    assert line == source[: source.index("last")].count("\n")


def test_a_line_of_a_text_is_no_magic() -> None:
    assert "%d of\n!x" in python_of("!ls\nTEXT = '''\n%d of\n!x\n'''")


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("%%writefile mine.py\nx = 1", ("mine", "x = 1", 1, False)),
        ("\n%%file -a './tools/mine.py'\nx = 1", ("tools.mine", "x = 1", 2, True)),
        ("%%writefile /content/mine.py\nx = 1", ("mine", "x = 1", 1, False)),
        ("%%writefile notes.txt\nx = 1", None),
        ("%%writefile ../mine.py\nx = 1", None),
        ("%%writefile\nx = 1", None),
        ("%%bash\nx = 1", None),
    ],
)
def test_a_cell_writes_a_module_if_the_notebook_could_import_it(source: str, file: object) -> None:
    assert written_file(source) == file


def test_a_cell_magic_leaves_the_lines_of_its_body_in_their_places() -> None:
    assert python_body("\n%%time\n%%capture\nx = 1") == "\n\n\nx = 1"
    assert python_body("%%capture --no-stderr out\nx = 1") == "out = get_ipython()\nx = 1"
    assert python_body("%%timeit\nx = 1") is None
    assert python_body("%%bash\nls") is None


def test_usual_magics_do_without_ipython() -> None:
    script = (
        "import sys; from grader.notebooks.magics import python_of\n"
        "python_of('%matplotlib inline\\n!pip install numpy\\nnp.dot?\\nx = 1')\n"
        "python_of('def f(x)')\n"
        "sys.exit('IPython' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@given(st.text(st.sampled_from("%!?x=('\"\n \\>.1:#"), max_size=40))
def test_any_text_keeps_its_number_of_lines(source: str) -> None:
    assert python_of(source).rstrip("\n").count("\n") <= source.count("\n")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("!a \\\n" * 20_000, id="continued for ever"),
        pytest.param("(\n%x\n" * 5_000, id="many magics in brackets"),
        pytest.param("? " * 30_000 + "x", id="many question marks"),
        pytest.param("%x (\n" + "! " * 30_000, id="many signs that are no Python"),
        pytest.param("x = (\n" + "%time (\n" * 90, id="as many magics as are read"),
    ],
)
def test_no_cell_takes_long(source: str) -> None:
    start = process_time()  # others may keep this machine busy
    python_of(source)
    assert process_time() - start < 2


@pytest.mark.parametrize("source", [" ?\n'\0\"", " %\n\0é", " !x!\n\0"])
def test_a_null_byte_among_magics_ends_nothing_but_its_cell(source: str) -> None:
    assert python_of(source) == without_magics(source)
