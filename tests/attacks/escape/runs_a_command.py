"""norm earns nothing: no program can be started."""

import subprocess


def norm(A):
    return "achieved: " + subprocess.run(["/bin/echo", "hello"], capture_output=True, text=True).stdout
