"""norm earns nothing (raised): what would move the cursor or colour a terminal is written out."""


def norm(A):
    raise ValueError("\x1b[2J\x1b[1;32m10 of 10 points\x1b]0;title\x07\x9b31m\x08\x08\x7f")
