"""More small notebooks that Jupyter runs: names bound by calls and texts, magics, and cells that stop."""

from __future__ import annotations

from .kinds import IMPORTS, LINEAR, RIGHT, indented, linear, using

LAMBDA = "lambda A, W, b: (W @ A + b, (A, W, b))"
MINE = LINEAR.replace("linear_forward", "mine")
REGISTRY = "ops = {}\ndef reg(f):\n    ops[f.__name__] = f\n    return f"
SETUP = "def setup():\n    global k\n    k = 1"
COUNTING = "class C:\n    k = 0\n    @classmethod\n    def up(cls):\n        cls.k += 1"

OTHERWISE = {
    "a function by a walrus": linear(f"(linear_forward := {LAMBDA})"),
    "a function by a loop": linear(MINE, "for linear_forward in [mine]:\n    pass"),
    "a function by a with": linear(
        f"from contextlib import contextmanager\n@contextmanager\ndef give():\n    yield {LAMBDA}",
        "with give() as linear_forward:\n    pass",
    ),
    "a function in globals()": linear(f"globals()['linear_forward'] = {LAMBDA}"),
    "a function by exec": linear(f"exec('''{LINEAR}''')"),
    "a function by exec of a text": linear(f"SOURCE = '''{LINEAR}'''", "exec(SOURCE)"),
    "a function by setattr": linear(
        "import sys", f"setattr(sys.modules['__main__'], 'linear_forward', {LAMBDA})"
    ),
    "a function by run_cell": linear(f"get_ipython().run_cell('''{LINEAR}''')"),
    "a function by a helper's global": linear(
        f"def set_up():\n    global linear_forward\n{indented(LINEAR)}", "set_up()"
    ),
    "a function by the shell's ex": linear(f"shell = get_ipython()\nshell.ex('''{LINEAR}''')"),
    "a function by the shell's push": linear(MINE, "get_ipython().push(dict(linear_forward=mine))"),
    "a constant by the shell's push": using("k", "get_ipython().push({'k': 1})"),
    "a constant by globals().update": using("k", "globals().update(k=1)"),
    "constants by exec in a loop": using("k1", "for i in range(3):\n    exec(f'k{i} = {i}')"),
    "a constant of NumPy by setattr": using("np.one", "setattr(np, 'one', 1)"),
    "a constant by a helper": using("k", SETUP, "setup()"),
    "a constant by a main": using("k", f"{SETUP}\ndef main():\n    setup()", "main()"),
    "a constant by a class": using("C.k", COUNTING, "C.up()"),
    "a constant by a case": using("k", "match 1:\n    case k:\n        pass"),
    "a counter": using("n", "n = 0\ndef count():\n    global n\n    n += 1\ncount()"),
    "a table by calls": using("T['a']", "T = {}\ndef put(x):\n    T[x] = 1", "for c in 'abc':\n    put(c)"),
    "a registry": linear(REGISTRY, f"@reg\n{MINE}", "linear_forward = ops['mine']"),
    "a registry that is read late": linear(
        REGISTRY, f"@reg\n{MINE}", "def linear_forward(A, W, b):\n    return ops['mine'](A, W, b)"
    ),
    "a single dispatch": using(
        "h(1)",
        "from functools import singledispatch\n@singledispatch\ndef h(x):\n    return 2",
        "@h.register\ndef _(x: int):\n    return 1",
    ),
    "the environment": using("int(os.environ['KEY'])", "import os\nos.environ.setdefault('KEY', '1')"),
    "an array by out=": using("T[0]", "T = np.zeros(3)", "np.add(T, 1, out=T)"),
    "a global of its own": linear(
        "def linear_forward(A, W, b):\n    global Z\n    Z = W @ A + b\n    return Z, (A, W, b)"
    ),
}  # fmt: skip

MAGICS = {
    "%env": using("int(os.environ['KEY'])", "%env KEY=1", "import os"),
    "%set_env": using("int(os.environ['KEY'])", "import os\n%set_env KEY 1"),
    "%run ./": linear(f"%%writefile mine.py\n{LINEAR}", "%run ./mine.py"),
    "%run in quotes": linear(f"%%writefile mine.py\n{LINEAR}", "%run 'mine.py'"),
    "%run -i": using("k", "%%writefile mine.py\nk = np.float64(1)", "%run -i mine.py"),
    "%run with arguments": using(
        "k", "%%writefile mine.py\nimport sys\nk = int(sys.argv[1])", "%run mine.py 1"
    ),
    "%run of a main": using(
        "_k", "%%writefile mine.py\nif __name__ == '__main__':\n    _k = 1", "%run mine.py"
    ),
    "%timeit -o": using("1 if t is not None else 0", "t = %timeit -o -n1 -r1 1+1"),
    "a captured output": using("1 if out.stdout is not None else 0", "%%capture out\nprint(1)"),
    "a part of a shell's answer": using("1 if answer[0] is not None else 0", "answer = !echo 1"),
    "a module that is reloaded": using(
        "mine.k()",
        "%%writefile mine.py\ndef k():\n    return 2",
        "import mine",
        "%%writefile mine.py\ndef k():\n    return 1",
        "from importlib import reload\nreload(mine)",
    ),
    "a module that is not reloaded": using(
        "mine.k()",
        "%%writefile mine.py\ndef k():\n    return 1",
        "import mine",
        "%%writefile mine.py\ndef k():\n    return 2",
        "import mine",
    ),
    "a namespace that is emptied and filled again": [*RIGHT, "%reset -f", *RIGHT],
    "a number above the function": linear("linear_forward = 5", LINEAR),
    "a failing cell above": linear("raise SystemExit", LINEAR),
    "a failure below the function": linear(f"{LINEAR}\nraise ValueError"),
}

STOPS = {
    "a number below the function": linear(LINEAR, "linear_forward = 5"),
    "None below the function": linear(LINEAR, "linear_forward = None"),
    "a deleted function": linear(LINEAR, "del linear_forward"),
    "an emptied namespace": linear(LINEAR, "%reset -f", IMPORTS),
    "an emptied namespace without imports": [IMPORTS, "%reset -f", *RIGHT[1:]],
    "a raise above the function": linear(f"raise SystemExit\n{LINEAR}"),
    "a function that is timed": linear(f"%%timeit -n1 -r1\n{LINEAR}"),
    "a constant below a failure": using("k", f"t = ''\nk = int(t)\n{indented('k = 1').strip()}"),
    "a deleted constant": using("k", "k = 1", "del k"),
}
