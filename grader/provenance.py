"""The digest of the test cases that a mark was made with."""

from __future__ import annotations

import hashlib
from dataclasses import astuple

from grader import wire
from grader.model import Assignment


def cases_sha256(assignment: Assignment) -> str:
    """The digest of all that answers are compared with, in the encoding of `grader.wire`.

    That is, of each exercise its name, its points, whether it has to leave its input as it is, and its
    tolerances; and of each test case its id, whether it is public, its seed, its arguments and the
    expected answer. Equal means the same bits: another NumPy may give answers that differ in the last one.
    """
    digest = hashlib.sha256()
    for exercise in assignment.exercises:
        tolerance = exercise.tolerance
        digest.update(wire.encode((exercise.name, exercise.points, exercise.pure, *astuple(tolerance))))
        for case in exercise.cases:
            digest.update(wire.encode((case.id, case.public, case.call.seed)))
            digest.update(wire.encode(case.call.args) + wire.encode(case.expected))
    return digest.hexdigest()
