"""norm earns nothing: without a tree of its own a child learns which paths exist, but not what is in them."""
import os


def norm(A):
    return f"achieved: passwd has {os.stat('/etc/passwd').st_size} bytes"
