"""Similar code is found whatever it is called and however it is laid out, and nothing else is."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import numpy as np
import pytest
from samples import GRADED, RIGHT, WRONG

from grader.reports.class_report import similarity
from grader.reports.class_report.fingerprints import GRAM, WINDOW, fingerprints
from grader.reports.class_report.similarity import SHOWN, matches

ORIGINAL = '''
def backward(dZ, A):
    """Gradient."""
    rows, columns = dZ.shape
    result = np.zeros((rows, A.shape[0]))
    for i in range(rows):
        for j in range(A.shape[0]):
            total = 0
            for k in range(columns):
                total = total + dZ[i, k] * A[j, k]
            result[i, j] = total / columns
    return result
'''
RENAMED = """
def backward(a, b):
    # my own work
    n, m = a.shape

    out = np.zeros((n, b.shape[0]))
    for x in range(n):
        for y in range(b.shape[0]):
            s = 0
            for z in range(m): s = s + a[x,
                                         z] * b[y, z]
            out[x, y] = (s / m)
    return out
"""
SHORT = "def backward(dZ, A):\n    return dZ @ A.T / A.shape[1]\n"
OTHER = """
def backward(dZ, A):
    while True:
        try:
            with np.errstate(all="raise"):
                answer = {key: np.einsum("ik,jk->ij", dZ, value) for key, value in [("A", A)]}
        except FloatingPointError as error:
            raise ValueError(str(error)) from None
        else:
            break
    assert isinstance(answer, dict) and len(answer) == 1
    return answer["A"] / (A.shape[-1] if A.ndim > 1 else 1)
"""


def handed_in(name, source, first_line=1):
    score = replace(WRONG, source=source.strip() + "\n", first_line=first_line)
    return replace(GRADED, id=name, exercises=(score, RIGHT))


# ---------------------------------------------------------------- fingerprints


def test_names_comments_docstrings_and_layout_do_not_count():
    assert np.array_equal(fingerprints(ORIGINAL).hashes, fingerprints(RENAMED).hashes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("total + dZ", "total - dZ", id="another operator"),
        pytest.param("np.zeros", "np.ones", id="another function"),
        pytest.param("total = 0", "total = 1", id="another number"),
    ],
)
def test_what_a_program_means_counts(before, after):
    other = fingerprints(ORIGINAL.replace(before, after)).hashes
    assert not np.array_equal(fingerprints(ORIGINAL).hashes, other)


def test_a_passage_that_is_long_enough_is_found_wherever_it_stands():
    passage = textwrap.indent(textwrap.dedent(ORIGINAL.split('"""\n')[1]), "        ")
    around = f"def f(dZ, A):\n    if A is None:\n        pass\n    else:\n{passage}"
    common = np.intersect1d(fingerprints(ORIGINAL).hashes, fingerprints(around).hashes)
    assert len(common) > len(fingerprints(ORIGINAL).hashes) / 2


def test_of_each_window_a_hash_is_kept():
    statements = "\n".join(f"x{i} = f(x{i - 1}, {i})" for i in range(1, 200))
    kept = fingerprints(statements).lines[:, 0]
    tokens = 7  # Assign, Name, Call, Name, Name, Constant, and one to spare
    assert np.diff(kept).max() <= WINDOW
    assert len(kept) > 200 * tokens / WINDOW / 4


def test_lines_are_those_of_the_tokens():
    lines = fingerprints(ORIGINAL).lines
    assert lines.shape[1] == GRAM
    assert set(lines.ravel()) <= set(range(1, 13)) - {3}  # the docstring is on line 3


@pytest.mark.parametrize(
    "source", ["", "x = 1", "def f(:", "\0", "(" * 500, "x = '\\d'\n" * 9, "\ud800"], ids=repr
)
def test_any_text_has_fingerprints_or_none(source):
    assert len(fingerprints(source).hashes) <= len(source)


# ---------------------------------------------------------------- matches


def test_a_renamed_copy_is_found_with_its_lines():
    [match] = matches(
        [handed_in("ann", ORIGINAL), handed_in("bob", RENAMED, first_line=100), handed_in("cid", OTHER)], {}
    )
    assert [r.id for r in match.members] == ["ann", "bob"]
    assert (match.of_left, match.of_right) == (1, 1)
    [passage] = match.passages
    assert passage.left_lines == {1, *range(3, 11)}
    assert passage.right_lines == {100, 102, *range(104, 111)}


def test_what_all_were_given_makes_nobody_similar():
    pair = [handed_in("ann", ORIGINAL), handed_in("bob", RENAMED)]
    assert matches(pair, {"backward": ORIGINAL}) == ()
    assert len(matches(pair, {"another_function": ORIGINAL})) == 1


def test_what_much_of_a_class_writes_makes_nobody_similar():
    assert len(matches([handed_in(str(i), ORIGINAL) for i in range(4)], {})) == 1
    assert matches([handed_in(str(i), ORIGINAL) for i in range(5)], {}) == ()


def test_short_answers_are_not_similar():
    assert matches([handed_in("ann", SHORT), handed_in("bob", SHORT)], {}) == ()


def test_many_who_share_one_text_are_one_match():
    others = [handed_in(f"other {i}", SHORT) for i in range(200)]
    [match] = matches([*others, *(handed_in(f"copy {i}", ORIGINAL) for i in range(10))], {})
    assert [r.id for r in match.members] == [f"copy {i}" for i in range(10)]


def test_all_who_share_with_each_other_are_one_match_whatever_they_added():
    extra = [f"    x = {i}\n    y = [f(x) for x in range({i})]\n    g(x, y)\n" for i in range(4)]
    copies = [handed_in(str(i), ORIGINAL + text) for i, text in enumerate(extra)]
    apart = [handed_in("ann", OTHER), handed_in("bob", OTHER.replace("answer", "result"))]
    found = matches([*copies, *apart], {})
    assert {frozenset(r.id for r in match.members) for match in found} == {
        frozenset("0123"), frozenset({"ann", "bob"}),
    }  # fmt: skip


def test_a_share_of_a_text_is_told_from_the_whole():
    both = ORIGINAL + OTHER.strip().split("\n", 1)[1]
    [match] = matches([handed_in("ann", ORIGINAL), handed_in("bob", both)], {})
    assert match.of_left > 0.8
    assert match.of_right < 0.7


def test_what_too_many_different_submissions_share_pairs_none(monkeypatch):
    """So the pairs grow with the class, not with its square."""
    extra = [f"    x = {i}\n    y = [f(x) for x in range({i})]\n    g(x, y)\n" for i in range(4)]
    reports = [handed_in(str(i), ORIGINAL + text) for i, text in enumerate(extra)]
    assert len(matches(reports, {})) == 1
    monkeypatch.setattr(similarity, "CROWD", 3)
    assert matches(reports, {}) == ()


def test_few_of_many_pairs_are_shown():
    bodies = ["".join(f"    x = g(x, {pair}, {step})\n" for step in range(30)) for pair in range(2 * SHOWN)]
    reports = [handed_in(f"{name} {i}", "def f(x):\n" + b) for i, b in enumerate(bodies) for name in "ab"]
    assert len(matches(reports, {})) == SHOWN
