"""Student code computes with what the grader does; with anything else, marks, digests and files are the same.

OpenBLAS and NumPy have other kernels for each kind of processor. A user can choose one of another kind, which
stands here for a machine of that kind.
"""

from __future__ import annotations

import functools
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

ROOT = Path(__file__).parents[1]
SECONDS = 120
CORES = ("Haswell", "SkylakeX", "Sandybridge")
AVX512 = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR X86_V4"
"""What NumPy calls them, in its older and its newer versions; a name that it does not know it passes over."""

KERNELS = [pytest.param({"OPENBLAS_CORETYPE": core}, id=core) for core in CORES]
KERNELS += [
    pytest.param({"NPY_DISABLE_CPU_FEATURES": AVX512}, id="no AVX512"),
    pytest.param({"NPY_DISABLE_CPU_FEATURES": f"{AVX512}, AVX2 FMA3 X86_V3"}, id="no AVX2"),
]

pytestmark = [
    pytest.mark.skipif(platform.machine() != "x86_64", reason="these kernels are of another processor"),
    pytest.mark.xdist_group("kernels"),
]

PRODUCT = """
import sys
import numpy as np
from grader.models.execution import Call, Program, Statement
from grader.sandbox.fork_server import ForkServer
try:
    from numpy._core._multiarray_umath import __cpu_features__ as features
except ImportError:
    from numpy.core._multiarray_umath import __cpu_features__ as features

SOURCE = '''
import numpy as np

def answer(x, y):
    try:
        from numpy._core._multiarray_umath import __cpu_features__ as features
    except ImportError:
        from numpy.core._multiarray_umath import __cpu_features__ as features
    return x @ y, {name: bool(there) for name, there in features.items()}
'''
rng = np.random.default_rng(0)
x, y = rng.standard_normal((33, 65)), rng.standard_normal((65, 129))
with ForkServer(required="weak") as sandbox:
    (run,) = sandbox.run(Program((Statement(1, 1, SOURCE),)), [Call("answer", (x, y))])
product, theirs = run.value
assert np.array_equal(product, x @ y), "the product has other bits"
assert theirs == {name: bool(there) for name, there in features.items()}, "NumPy has other features"
sys.stdout.write(product.tobytes().hex())
"""

SOLUTION = '''# %%
import numpy as np

# %%
# GRADED FUNCTION: forward


def forward(A, W):
    """Z = W A."""
    # YOUR CODE STARTS HERE
    Z = W @ A
    # YOUR CODE ENDS HERE

    return Z


# %%
# GRADED FUNCTION: backward


def backward(Z, A):
    """The product of an activated Z with A transposed."""
    # YOUR CODE STARTS HERE
    dW = np.tanh(Z) @ A.T
    # YOUR CODE ENDS HERE

    return dW
'''

TESTCASES = '''"""Matrix products, one as an input of another function."""

from grader.testcase import exercise


@exercise(public=2)
def forward(rng):
    """Matrices of several sizes."""
    for n, m in ((33, 65), (7, 130), (4, 5)):
        yield {"A": rng.standard_normal((n, m)), "W": rng.standard_normal((n + 1, n))}


@exercise(public=2)
def backward(rng, reference):
    """Z is what the reference makes of its inputs."""
    for n, m in ((33, 65), (7, 130), (4, 5)):
        A = rng.standard_normal((n, m))
        yield {"Z": reference.forward(A, rng.standard_normal((n + 1, n))), "A": A}
'''

CELLS = {
    "right": SOLUTION,
    "wrong": SOLUTION.replace("W @ A", "W @ A / 2").replace("np.tanh(Z)", "Z"),
    "slow": SOLUTION.replace("W @ A", "np.einsum('ij,jk->ik', W, A)"),
}


def python(*args: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """What Python prints with other kernels than this process has."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in {"OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES"}
    }
    return subprocess.run(
        [sys.executable, *args],
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**plain, **environment},
        timeout=SECONDS,
    )


@functools.cache
def computes(*settings: tuple[str, str]) -> bool:
    """Whether this processor has the instructions of some kernels."""
    product = "import numpy as np; np.ones((65, 65)) @ np.ones((65, 65))"
    return python("-c", product, **dict(settings)).returncode == 0


@pytest.fixture(params=KERNELS)
def kernel(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment that chooses one kind of kernels."""
    if not computes(*request.param.items()):
        pytest.skip("this processor does not have its instructions")
    return dict(request.param)


def grader(*args: str | Path, **environment: str) -> str:
    """What a command of grader prints that ends with 0."""
    ended = python("-m", "grader", *map(str, args), **environment)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, notebook: Callable[..., bytes]) -> tuple[Course, Path]:
    """A course that was released on this machine, and a class."""
    root = tmp_path_factory.mktemp("course")
    for folder in ("solutions", "testcases", "class"):
        (root / folder).mkdir()
    (root / "solutions/products.py").write_text(SOLUTION)
    (root / "testcases/products.py").write_text(TESTCASES)
    for student, source in CELLS.items():
        (root / f"class/{student}.ipynb").write_bytes(notebook(source))
    grader("release", "products", "--course", root, "--isolation", "weak")
    return Course(root), root / "class"


@functools.cache
def product(**environment: str) -> str:
    """The bits of a matrix product of a submission's, which are those of the grader's."""
    ended = python("-c", PRODUCT, **environment)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@functools.cache
def marks(course: Path, submissions: Path, **environment: str) -> Any:
    """All that results.json says but the seconds."""
    options = ("--json", "--isolation", "weak", "--out", submissions.with_name("results"), "--no-cache")
    told = grader("grade", "products", submissions, "--course", course, *options, **environment)
    return json.loads(told, object_pairs_hook=lambda pairs: [p for p in pairs if p[0] != "seconds"])


def test_student_code_computes_with_the_kernels_of_the_grader(kernel: dict[str, str]) -> None:
    assert product(**kernel)


def test_two_kernels_differ_in_the_last_bits_or_all_this_proves_nothing() -> None:
    there = [core for core in CORES if computes(("OPENBLAS_CORETYPE", core))]
    assert len({product(OPENBLAS_CORETYPE=core) for core in there}) == len(there) > 1


def test_what_was_released_elsewhere_is_current(kernel: dict[str, str]) -> None:
    said = grader("release", "--check", "dnn_step_by_step", "--course", ROOT, "--isolation", "weak", **kernel)
    assert said.startswith("All files are current.\n")


def test_a_course_is_ready_everywhere(released: tuple[Course, Path], kernel: dict[str, str]) -> None:
    grader("validate", "--course", released[0].root, "--isolation", "weak", **kernel)


def test_the_same_work_has_the_same_marks_digests_and_messages_everywhere(
    released: tuple[Course, Path], kernel: dict[str, str]
) -> None:
    course, submissions = released
    assert marks(course.root, submissions, **kernel) == marks(course.root, submissions)
