"""Prints on the way, some of them long."""
import sys


def norm(A):
    print("A is", A, flush=True)
    print("x" * 1_000_000, file=sys.stderr)
    sys.stdout.write("done\n")
    return (A**2).sum() ** 0.5
