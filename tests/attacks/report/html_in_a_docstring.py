"""norm earns nothing (wrong_value): and in the source of the function."""


def norm(A):
    """</code></pre></details><script>alert(1)</script><style>body { display: none }</style><!--"""
    return -1.0  # </span><script>alert(1)</script>
