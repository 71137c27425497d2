"""norm earns nothing (raised): so is what turns or hides text."""


def norm(A):
    raise ValueError("\u202e stniop 01 fo 01 \u2066\u200b\u200f\u3164\ufeff\u2028passed")
