"""A warm process is after its rehearsal what it was before."""

from __future__ import annotations

import builtins
import random
import sys

import numpy as np

from grader.sandbox.rehearsal import rehearse
from grader.sandbox.worker import seed


def test_a_rehearsal_leaves_nothing_behind() -> None:
    seed(0)
    drawn = random.random(), np.random.random_sample()
    before = dict(vars(builtins)), sys.modules["__main__"], [*sys.meta_path]
    rehearse()
    assert (vars(builtins), sys.modules["__main__"], sys.meta_path) == before
    assert (random.random(), np.random.random_sample()) == drawn
