"""norm earns nothing (raised): markup in the text of an exception is shown as text."""


def norm(A):
    raise ValueError(
        "</p></main><script>alert(1)</script><img src=x onerror='alert(1)'><style>*{display:none}"
    )
