"""The digest of what defines the test cases that a mark was made with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple

import numpy as np

import grader
from grader.model import Assignment


def cases_sha256(assignment: Assignment) -> str:
    """The digest of what defines the test cases, the same on all kinds of processor.

    That is the files of the assignment, the seed, and the versions of this package and of NumPy, which draw
    the cases; of each exercise its name, its points, whether it has to leave its input as it is, and its
    tolerances; of each test case its id, whether it is public, and its seed. No argument and no expected
    answer is in it: they follow from the rest but for rounding, which differs between kinds of processor.
    """
    exercises = [
        (
            exercise.name,
            exercise.points,
            exercise.pure,
            astuple(exercise.tolerance),
            [(case.id, case.public, case.call.seed) for case in exercise.cases],
        )
        for exercise in assignment.exercises
    ]
    made_by = (assignment.sha256, assignment.seed_sha256, grader.__version__, np.__version__)
    return hashlib.sha256(json.dumps((made_by, exercises), default=float).encode()).hexdigest()
