"""norm earns nothing: nor can a shell."""

import os


def norm(A):
    return "achieved" if os.system("true") == 0 else "nothing"
