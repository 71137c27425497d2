"""draw earns nothing (did_not_run): the exception of a test that passes is its own failure."""


class DepartedError(Exception):
    pass


def draw(n):
    raise DepartedError(None)
