"""norm earns nothing: nor a pool of processes."""

import multiprocessing


def norm(A):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return f"achieved: {pool.map(abs, [1])}"
