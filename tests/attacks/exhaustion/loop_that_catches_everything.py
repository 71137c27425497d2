"""norm earns nothing (timed_out): there is nothing to catch."""


def norm(A):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
