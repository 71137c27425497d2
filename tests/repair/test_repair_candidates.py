"""Candidate repairs: the mistake of a function turned round, by its own text or by a right version."""

from __future__ import annotations

import ast

import pytest

from grader.repair import Candidate, candidates

UPDATE = """
def update(params, grads, rate):
    out = copy.deepcopy(params)
    for l in range(len(out) // 2):
        out["W" + str(l + 1)] = out["W" + str(l + 1)] - rate * grads["dW" + str(l + 1)]
        out["b" + str(l + 1)] = out["b" + str(l + 1)] - rate * grads["db" + str(l + 1)]
    return out
""".strip()

BACKWARD = '''
def backward(dZ, cache):
    """Return the gradients."""
    A, W, b = cache
    m = A.shape[1]
    dW = np.dot(dZ, A.T) / m  # the mean
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return np.dot(W.T, dZ), dW, db
'''.strip()

START = """
def start(sizes):
    np.random.seed(3)
    out = {}
    for l in range(1, len(sizes)):
        out[f"W{l}"] = np.random.randn(sizes[l], sizes[l - 1]) * 0.01
        out[f"b{l}"] = np.zeros((sizes[l], 1))
    return out
""".strip()

WALK = """
def walk(X, caches):
    found = []
    for l in reversed(range(len(caches) - 1)):
        X, cache = step(X, caches[l], "relu")
        found.append(cache)
    return X, found
""".strip()


def all_of(source: str, *right: str) -> list[Candidate]:
    return [one for some in candidates(source, right, 1_200) for one in some]


def normal(source: str) -> str:
    """The source without comments, `pass` and what is set and not used, and with one name of a cache."""
    lines = ast.unparse(ast.parse(source)).replace("kept", "cache").split("\n")
    return "\n".join(line for line in lines if not line.strip().startswith(("pass", "store =")))


def repairing(right: str, wrong: str, *versions: str) -> list[Candidate]:
    """The candidates of a wrong version that are the right one."""
    return [one for one in all_of(wrong, *versions) if normal(one.source) == normal(right)]


OWN_TEXT = {
    "an index counted from the other end": (WALK, "caches[l]", "caches[-l]", "the index of `caches`"),
    "an index one off": (WALK, "caches[l]", "caches[l - 1]", "the index of `caches`"),
    "a constant where the loop variable belongs": (WALK, "caches[l]", "caches[0]", "the index of `caches`"),
    "keepdims": (BACKWARD, ", keepdims=True", "", "`keepdims` of `np.sum(dZ, axis=1)`"),
    "axis and keepdims": (BACKWARD, ", axis=1, keepdims=True", "", "`axis` and `keepdims` of `np.sum(dZ)`"),
    "the other axis": (BACKWARD, "axis=1", "axis=0", "`axis` of `np.sum(dZ, axis=0, keepdims=True)`"),
    "a transpose": (BACKWARD, "A.T", "A", "the transpose of `A`"),
    "a transpose too much": (BACKWARD, "(W.T, dZ)", "(W.T, dZ.T)", "the transpose of `dZ`"),
    "a sign": (BACKWARD, "np.dot(dZ, A.T)", "-np.dot(dZ, A.T)", "the sign of `np.dot(dZ, A.T)`"),
    "element by element": (BACKWARD, "np.dot(dZ", "np.multiply(dZ", "the function in `np.multiply(dZ, A.T)`"),
    "a wrong generator": (
        START,
        "randn(",
        "rand(",
        "the function in `np.random.rand(sizes[l], sizes[l - 1])`",
    ),
    "a call too much": (
        BACKWARD,
        "= np.sum(dZ, axis=1, keepdims=True)",
        "= np.squeeze(np.sum(dZ, axis=1, keepdims=True))",
        "the call of `np.squeeze`",
    ),
    "a text with a space": (WALK, '"relu"', '"relu "', "the text `'relu '`"),
    "two names confused": (BACKWARD, "np.dot(W.T, dZ)", "np.dot(W.T, dW)", "`dW`"),
    "an unknown name": (WALK, "append(cache)", "append(cach)", "`cach`"),
    "a tuple for two arguments": (
        START,
        "randn(sizes[l], sizes[l - 1])",
        "randn((sizes[l], sizes[l - 1]))",
        "the arguments of `np.random.randn((sizes[l], sizes[l - 1]…`",
    ),
    "a list turned before it is made": (
        WALK,
        "reversed(range(len(caches) - 1))",
        "range(reversed(len(caches) - 1))",
        "the function in `range(reversed(len(caches) - 1))`",
    ),
    "a number in a key of a formatted text": (START, 'f"b{l}"', 'f"b{l - 1}"', "the key of `out`"),
    "a key of the wrong dictionary": (UPDATE, 'grads["dW"', 'grads["W"', "the key of `grads`"),
}


@pytest.mark.parametrize(("right", "here", "wrong", "says"), OWN_TEXT.values(), ids=OWN_TEXT)
def test_a_mistake_is_turned_round_by_the_functions_own_text(
    right: str, here: str, wrong: str, says: str
) -> None:
    line = right[: right.index(here)].count("\n") + 1
    found = repairing(right, right.replace(here, wrong, 1))
    assert [(one.lines, one.says) for one in found] == [((line, line), says)]
    assert found[0].edit


def test_a_return_in_the_loop_is_moved_out_of_it() -> None:
    found = repairing(UPDATE, UPDATE.replace("    return out", "        return out"))
    assert [(one.lines, one.says) for one in found] == [((6, 6), "`return out` stands one level too deep")]


def test_a_statement_behind_the_loop_is_moved_into_it() -> None:
    wrong = WALK.replace("        found.append", "    found.append")
    (found,) = repairing(WALK, wrong)
    assert (found.lines, found.says) == ((5, 5), "`found.append(cache)` belongs into the block before it")


def test_the_numbers_of_all_keys_that_begin_alike_are_changed_together() -> None:
    loop = 'for l in range(n):\n        g["dA" + str(l)] = 2\n'
    right = f'def f(g, n):\n    g["dA" + str(n - 1)] = 1\n    {loop}    return g'
    wrong = right.replace("str(n - 1)", "str(n)").replace("str(l)", "str(l + 1)")
    sources = {normal(one.source.replace("l + 1 - 1", "l")): one for one in all_of(wrong)}
    assert sources[normal(right)].says == "the numbers in the keys of dA are one too high"
    assert sources[normal(right)].lines == (2, 4)


def test_keys_get_the_letters_that_a_right_version_has() -> None:
    wrong = UPDATE.replace('"dW"', '"dw"').replace('"W"', '"w"')
    (found, *_) = repairing(UPDATE, wrong, UPDATE)
    assert found.says == "capital and small letters in the keys"


def test_asserts_are_left_out_of_all_candidates_and_lines_stay_where_they_are() -> None:
    wrong = BACKWARD.replace("    return", "    assert (db.shape ==\n            ())\n    return")
    first, *others = all_of(wrong)
    assert (first.says, first.lines) == ("this `assert`", (7, 8))
    assert not any("assert" in one.source for one in (first, *others))
    assert "    return np.dot(W.T, dZ), dW, db" in first.source.split("\n")[8]


# ---------------------------------------------------------------- right versions

REFERENCE = """
def walk(values, stores):
    result = []
    for layer in reversed(range(len(stores) - 1)):
        store = stores[layer]
        values, kept = step(values, store, "relu")
        result.append(kept)
    return values, result
""".strip()

REPEATED = '        X, cache = step(X, caches[l], "relu")\n        found.append(cache)\n'

TRANSPLANTS = {
    "a statement, with its variables written out": (
        'step(X, caches[l], "relu")',
        "step(caches, X)",
        (4, 4),
        "the value of `(X, cache)`",
    ),
    "a missing statement": (
        "        found.append(cache)\n",
        "",
        (4, 4),
        "a statement is missing after this line",
    ),
    "the values of a loop": (
        "reversed(range(len(caches) - 1))",
        "sorted(caches)",
        (3, 3),
        "the values of the loop, `sorted(caches)`",
    ),
    "what is returned": ("return X, found", "return found, found, X", (6, 6), "what is returned"),
    "all that a loop repeats": (
        REPEATED,
        "        X, cache = None\n        found = l\n",
        (4, 5),
        "what the loop repeats",
    ),
}


@pytest.mark.parametrize(("here", "wrong", "lines", "says"), TRANSPLANTS.values(), ids=TRANSPLANTS)
def test_a_part_of_a_right_version_is_taken_over_in_the_names_of_the_wrong_one(
    here: str, wrong: str, lines: tuple[int, int], says: str
) -> None:
    found = repairing(WALK, WALK.replace(here, wrong, 1), REFERENCE)
    assert (lines, says) in [(one.lines, one.says) for one in found]


def test_a_transplant_shows_no_word_of_the_right_version() -> None:
    wrong = WALK.replace('step(X, caches[l], "relu")', "None")
    for one in all_of(wrong, REFERENCE):
        if one.size > 2:
            assert not one.edit or one.edit in wrong or "instead of" in one.edit
            assert "relu" not in one.says


def test_names_that_only_the_right_version_has_are_not_taken_over() -> None:
    right = "def f(x):\n    hidden, other = split(x)\n    return hidden"
    wrong = "def f(x):\n    y = x\n    return y"
    assert not any("return hidden" in one.source for one in all_of(wrong, right) if one.lines == (3, 3))


# ---------------------------------------------------------------- of any function

ODD = {
    "no function": "x = 1",
    "two functions": "def f(): pass\ndef g(): pass",
    "no syntax": "def f(:",
    "deeper than Python reads": "def f(x):\n    return " + "(" * 500 + "x" + ")" * 500,
}


@pytest.mark.parametrize("source", ODD.values(), ids=ODD)
def test_what_is_not_one_function_has_no_candidates(source: str) -> None:
    assert all_of(source) == []


@pytest.mark.parametrize(
    "source", [UPDATE, BACKWARD, START, WALK], ids=["update", "backward", "start", "walk"]
)
def test_candidates_are_different_and_keep_the_rest_of_the_text(source: str) -> None:
    found = all_of(source, source, REFERENCE)
    assert len(found) > 50
    assert len({one.source for one in found} | {source}) == len(found) + 1
    for one in found:
        first, last = one.lines
        assert 1 <= first <= last <= source.count("\n") + 1
        before = source.split("\n")[: first - 1]
        assert one.source.split("\n")[: first - 1] == before or "level" in one.says or "missing" in one.says


def test_text_that_is_not_ascii_stays_as_it_is() -> None:
    source = 'def f(x):\n    größe = "ä"  # ü\n    return x[0] + größe'
    found = all_of(source)
    assert any(one.source.endswith("return x[-1] + größe") for one in found)
    assert all(compile(one.source, "f", "exec") for one in found if "# ü" in one.source)


LARGE = {
    "many lines": "def f(x):\n" + "    x = x + 1\n" * 5000 + "    return x",
    "many names": "def f(x):\n" + "".join(f"    a{i} = x\n" for i in range(250)) + "    return x",
    "many texts": "def f(x):\n    return " + ", ".join(f"'{i}'" for i in range(450)),
    "a text of many parts": "def f(x):\n    return f'" + "{x + 1}" * 300 + "'",
    "a long text": "def f(x):\n    return 'a' + '" + "a" * 1_000_000 + "'",
    "a deep expression": "def f(x):\n    return x" + ".T" * 20_000,
}


@pytest.mark.parametrize("source", LARGE.values(), ids=LARGE)
def test_a_large_function_has_few_candidates(source: str) -> None:
    found = all_of(source, "def f(x):\n    return 2 * x")
    assert len(found) <= 1200
    assert sum(len(one.source) for one in found) < 20_000_000
