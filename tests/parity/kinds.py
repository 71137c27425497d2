"""Small notebooks that Jupyter runs: two graded functions and what is around them, each its own way."""

from __future__ import annotations

IMPORTS = "import numpy as np\nfrom dnn_utils import relu, sigmoid"
LINEAR = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
ACTIVATION = """def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)"""

RIGHT = [IMPORTS, LINEAR, ACTIVATION]


def linear(*cells: str) -> list[str]:
    """A notebook with other cells for `linear_forward`."""
    return [IMPORTS, *cells, ACTIVATION]


def using(expression: str, *cells: str) -> list[str]:
    """A notebook whose `linear_forward` multiplies by what is 1 when cells above have set it up."""
    body = f"def linear_forward(A, W, b):\n    return (W @ A + b) * ({expression}), (A, W, b)"
    return linear(*cells, body)


def indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


LINES = {
    "as usual": RIGHT,
    "a continued pip": ["!echo numpy \\\n   h5py\n" + IMPORTS, *RIGHT[1:]],
    "a continued magic": ["%config InlineBackend.figure_format = \\\n 'retina'\n" + IMPORTS, *RIGHT[1:]],
    "an indented cell": linear(indented(LINEAR)),
    "an indented cell below an empty line": linear("\n\n" + indented(LINEAR)),
    "doctest prompts": linear(">>> def linear_forward(A, W, b):\n...     return W @ A + b, (A, W, b)"),
    "IPython's prompts": linear(
        "In [3]: def linear_forward(A, W, b):\n   ...:     return W @ A + b, (A, W, b)\n   ...: "
    ),
    "help": linear("np.dot??\n?np.sum\n" + LINEAR),
    "help on a method with an argument": linear("x = np.ones(3)\nx.sum?\n" + LINEAR),
    "a timed statement": using("x", "%time x = float(1)"),
    "a timed expression with a name": using("x", "x = %time float(1)"),
    "a timed cell": linear("%%time\n" + LINEAR),
    "a captured cell": linear("%%capture out\n" + LINEAR),
    "two cell magics": linear("%%time\n%%capture\n" + LINEAR),
    "a magic in a branch": ["if True:\n    %matplotlib inline\nelse:\n    !ls\n" + IMPORTS, *RIGHT[1:]],
    "a magic in a function": linear(
        "def linear_forward(A, W, b):\n    !true\n    Z = W @ A + b\n    return Z, (A, W, b)"
    ),
    "a text with magics": linear(
        '!true\nTEXT = """\n%d of\n!x\nreally?\n"""\n'
        "def linear_forward(A, W, b):\n    assert len(TEXT) == 18, len(TEXT)\n    return W @ A + b, (A, W, b)"
    ),
    "a remainder on a line of its own": linear(
        "%matplotlib inline\ndef linear_forward(A, W, b):\n    odd = (A.shape[1]\n        %2\n        != 5)\n    return W @ A + b, (A, W, b)"
    ),
    "a heredoc": ["!cat > x.txt <<'E'\n" + IMPORTS, *RIGHT[1:]],
    "a shell's answer": linear("files = !ls\nfor file in files:\n    print(file)\n" + LINEAR),
    "automagic": linear("pwd", "cd .", LINEAR),
    "an assigned magic": linear("where = %pwd\n" + LINEAR),
    "a semicolon": linear(LINEAR + ";"),
    "await": linear("async def one():\n    return 1\nx = await one()", LINEAR),
    "a constant that was awaited": using("x", "async def one():\n    return 1\nx = await one()"),
    "a bash cell": linear("%%bash\ntrue || def linear_forward", LINEAR),
    "a comment above a cell magic's body": linear("%%time\n# why?\n" + LINEAR),
}

BINDINGS = {
    "a lambda": linear("linear_forward = lambda A, W, b: (W @ A + b, (A, W, b))"),
    "an alias": linear(LINEAR.replace("linear_forward", "mine"), "linear_forward = mine"),
    "two aliases at once": linear(
        LINEAR.replace("linear_forward", "mine"), "linear_forward, other = mine, None"
    ),
    "in a main": linear(f'if __name__ == "__main__":\n{indented(LINEAR)}'),
    "in a main that prints": linear(f'if __name__ == "__main__":\n{indented(LINEAR)}\n    print("ready")'),
    "in a try": linear(f"try:\n{indented(LINEAR)}\nexcept Exception:\n    raise"),
    "in a with": linear(f"with np.errstate(all='ignore'):\n{indented(LINEAR)}"),
    "in a loop": linear(f"for _ in range(1):\n{indented(LINEAR)}"),
    "a decorator": linear(
        "import functools\ndef logged(f):\n    @functools.wraps(f)\n    def g(*args):\n        return f(*args)\n    return g",
        "@logged\n" + LINEAR,
    ),
    "decorated by hand": linear(
        "def logged(f):\n    return lambda *args: f(*args)", LINEAR, "linear_forward = logged(linear_forward)"
    ),
    "wrapped under its own name": linear(
        LINEAR, "first = linear_forward", "def linear_forward(A, W, b):\n    return first(A, W, b)"
    ),
    "an object that can be called": linear(
        "class Linear:\n    def __call__(self, A, W, b):\n        return W @ A + b, (A, W, b)\nlinear_forward = Linear()"
    ),
    "a method": linear(
        "class Layer:\n    def go(self, A, W, b):\n        return W @ A + b, (A, W, b)\nlayer = Layer()\nlinear_forward = layer.go"
    ),
    "a class with the answer of new": linear(
        "class linear_forward:\n    def __new__(cls, A, W, b):\n        return W @ A + b, (A, W, b)"
    ),
    "a partial function": linear(
        "from functools import partial\ndef scaled(k, A, W, b):\n    return k * (W @ A + b), (A, W, b)\n"
        "linear_forward = partial(scaled, 1)"
    ),
    "a partial of another graded one": [
        IMPORTS,
        "from functools import partial",
        LINEAR,
        "step = partial(linear_forward)",
        ACTIVATION.replace("linear_forward(A_prev", "step(A_prev"),
    ],
    "annotations that are not there": [
        "from __future__ import annotations\n" + IMPORTS,
        LINEAR.replace("A, W, b)", "A: NDArray, W: NDArray, b) -> Pair", 1),
        ACTIVATION,
    ],
    "star arguments": linear(
        "def linear_forward(*args, **kw):\n    A, W, b = args\n    return W @ A + b, (A, W, b)"
    ),
    "other parameters": linear(
        "def linear_forward(a, w, bias, verbose=False):\n    return w @ a + bias, (a, w, bias)"
    ),
    "a global helper that is set later": linear(
        "def linear_forward(A, W, b):\n    return product(W, A) + b, (A, W, b)",
        "product = lambda W, A: W @ A",
    ),
    "an attribute of a function": linear(
        "def linear_forward(A, W, b):\n    linear_forward.calls += 1\n    return W @ A + b, (A, W, b)",
        "linear_forward.calls = 0",
    ),
}

CONSTANTS = {
    "an array": using("ONE[0]", "ONE = np.array([1.0])"),
    "linspace": using("GRID[1]", "GRID = np.linspace(0, 2, 3)"),
    "a named tuple": using(
        "Layer(1).n", "from collections import namedtuple\nLayer = namedtuple('Layer', ['n'])"
    ),
    "a regular expression": using("len(R.findall('a1'))", "import re\nR = re.compile('[0-9]')"),
    "a generator with a seed": using("0 * rng.random() + 1", "rng = np.random.default_rng(0)"),
    "a comprehension": using("T[2]", "T = [n / 2 for n in range(4)]"),
    "a part": using("x", "table = {'a': 1}", "x = table['a']"),
    "an augmented one": using("k", "k = 2.0", "k *= 0.5"),
    "a table filled by a loop": using("T[1]", "T = {}\nfor i in range(3):\n    T[i] = i"),
    "a list that is appended to": using("T[1]", "T = []", "T.append(0)", "T.append(1)"),
    "a with": using("x", "with np.errstate(all='ignore'):\n    x = np.float64(1)"),
    "a helper that fills": using("T['k']", "def fill(t):\n    t['k'] = 1", "T = dict()", "fill(T)"),
    "a call of a helper": using("x", "def one():\n    return 1", "x = one()"),
    "an object": using("c.k", "class Config:\n    pass", "c = Config()", "c.k = 1"),
    "a dataclass": using("C().k", "from dataclasses import dataclass\n@dataclass\nclass C:\n    k: int = 1"),
    "above the function in its cell, which tries it": linear(
        "ONE = np.array([1.0])\nTWO = 2\n"
        "def linear_forward(A, W, b):\n    return (W @ A + b) * ONE[0] * TWO / 2, (A, W, b)\n"
        "print(linear_forward(np.ones((2, 2)), np.ones((1, 2)), 0))"
    ),
    "a seeded draw": using(
        "1 if abs(x - 1.6243453636632417) < 1e-9 else 0", "np.random.seed(1)", "x = np.random.randn()"
    ),
    "a name that NumPy has lost": using("np.float(1)", "np.float = float"),
    "one of a try": using("x", "try:\n    x = int('1')\nexcept ValueError:\n    x = 2"),
    "one of a branch": using("x", "x = int('2')\nif x > 1:\n    x = len('a')"),
    "a sorted list": using("T[0]", "T = [3, 1, 2]", "T.sort()"),
    "a dictionary that is updated": using("T['k']", "T = {'k': 2}", "T.update(k=1)"),
    "unpacked": using("x", "x, *rest = tuple([1, 2, 3])"),
    "by a walrus": using("x", "print(x := 1)"),
    "a deleted part": using("len(T)", "T = {1: 1, 2: 2}", "del T[1]"),
}

MODULES = {
    "a module that is written": linear(
        "%%writefile mine.py\nimport numpy as np\ndef product(W, A):\n    return np.dot(W, A)",
        "from mine import product",
        "def linear_forward(A, W, b):\n    return product(W, A) + b, (A, W, b)",
    ),
    "a module by its name": linear(
        "%%file mine.py\ndef product(W, A):\n    return W @ A",
        "import mine as m",
        "def linear_forward(A, W, b):\n    return m.product(W, A) + b, (A, W, b)",
    ),
    "a module of two cells": linear(
        "%%writefile mine.py\nK = 1",
        "%%writefile -a mine.py\n\ndef product(W, A):\n    return W @ A * K",
        "from mine import *",
        "def linear_forward(A, W, b):\n    return product(W, A) + b, (A, W, b)",
    ),
    "a module that is imported where it is used": linear(
        "%%writefile mine.py\ndef product(W, A):\n    return W @ A",
        "def linear_forward(A, W, b):\n    import mine\n    return mine.product(W, A) + b, (A, W, b)",
    ),
    "two modules": linear(
        "%%writefile one.py\nK = 1",
        "%%writefile two.py\nfrom one import K\ndef product(W, A):\n    return W @ A * K",
        "import two",
        "def linear_forward(A, W, b):\n    return two.product(W, A) + b, (A, W, b)",
    ),
    "a module with a graded function": linear(
        f"%%writefile mine.py\n{LINEAR}", "from mine import linear_forward"
    ),
    "a module that is run": linear(f"%%writefile mine.py\n{LINEAR}", "%run mine.py"),
    "a module in a folder": linear(
        "!mkdir -p tools",
        "%%writefile tools/mine.py\ndef product(W, A):\n    return W @ A",
        "from tools.mine import product",
        "def linear_forward(A, W, b):\n    return product(W, A) + b, (A, W, b)",
    ),
    "a module in a folder on the path": linear(
        "!mkdir -p tools",
        "%%writefile tools/mine.py\ndef product(W, A):\n    return W @ A",
        "import sys\nsys.path.append('tools')\nfrom mine import product",
        "def linear_forward(A, W, b):\n    return product(W, A) + b, (A, W, b)",
    ),
}

NAMES = {
    "helpers called as builtins": using("max(input, 5)", "input = 1", "def max(a, b):\n    return a"),
    "a helper called as a builtin in its cell": linear(
        "def sum(x, axis):\n    return x.sum(axis=axis)\n"
        + LINEAR.replace("+ b", "+ b * sum(np.ones(1), axis=0)")
    ),
    "NumPy's own of builtins by a star import": using("sum(ones((1, 1)), axis=0)", "from numpy import *"),
    "names of a notebook as one's own": using("_(1)", "_ = lambda x: x", "display = print"),
    "display": linear("def linear_forward(A, W, b):\n    display(A.shape)\n    return W @ A + b, (A, W, b)"),
    "get_ipython": linear(
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "def linear_forward(A, W, b):\n    get_ipython().system('true')\n    return W @ A + b, (A, W, b)"
    ),
    "the last answer": linear(
        "def linear_forward(A, W, b):\n    _, Out, In\n    return W @ A + b, (A, W, b)"
    ),
    "no file": linear("def linear_forward(A, W, b):\n    __file__\n    return W @ A + b, (A, W, b)"),
}

WRONG = {
    "a broken import cell": ["import numpy as np\nfrom dnn_utils import relu, sigmoid\nx = (", *RIGHT[1:]],
    "another value of a constant": using("ONE[0]", "ONE = np.array([2.0])"),
    "a constant that fails": using("x", "x = int('a')"),
    "a number of its name": [*RIGHT, "x = 3"],
    "a module that is not there": using("x", "from nowhere_at_all import x"),
}

KINDS = {**LINES, **BINDINGS, **CONSTANTS, **MODULES, **NAMES, **WRONG}
