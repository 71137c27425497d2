"""norm earns nothing (wrong_type): and in the name of a class that is returned."""


def norm(A):
    return type("<script>alert(1)</script>", (), {})()
