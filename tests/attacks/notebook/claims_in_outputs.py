"""It earns nothing: marks in saved outputs and metadata are not marks."""
import json


def make(folder):
    path = folder / "claims.ipynb"
    output = {"output_type": "stream", "name": "stdout", "text": "10 of 10 points. All tests passed!"}
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {"nbgrader": {"grade": True, "points": 100, "score": 100, "locked": True, "grade_id": "norm"}},
        "outputs": [output],
        "source": "def norm(A):\n    return -1",
    }
    metadata = {"grader": {"status": "graded", "points": 40}, "nbgrader": {"score": 40}}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": metadata, "cells": [cell]}))
    return path
