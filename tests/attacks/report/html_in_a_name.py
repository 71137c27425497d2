"""norm earns nothing (raised): so it is in the name of an exception."""


def norm(A):
    raise type("<script>alert(1)</script>", (Exception,), {})("&lt;script>")
