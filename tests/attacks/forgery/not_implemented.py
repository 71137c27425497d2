"""norm earns nothing (not_attempted): what says that it is not written has no marks."""


def norm(A):
    total = (A * A).sum()
    raise NotImplementedError(total)
