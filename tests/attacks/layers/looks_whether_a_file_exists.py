"""Only the mount tree keeps it from learning which paths exist."""
import os


def norm(A):
    return f"achieved: passwd has {os.stat('/etc/passwd').st_size} bytes"
