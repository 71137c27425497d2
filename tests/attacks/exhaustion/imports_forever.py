"""norm earns nothing (timed_out): an import hook that never finds anything."""

import importlib
import sys


class Finder:
    @staticmethod
    def find_spec(*args):
        while True:
            pass


def norm(A):
    sys.meta_path.insert(0, Finder)
    importlib.import_module("colorsys")

    return 0.0
