"""norm earns nothing (raised): a template in a message is text."""


def norm(A):
    raise ValueError("{{ 7 * 191 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}")
