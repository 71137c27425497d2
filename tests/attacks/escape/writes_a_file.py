"""norm earns nothing: there is no folder in which a file could be made."""

import os
import sys


def norm(A):
    folders = ["/tmp", "/dev/shm", "/var/tmp", "/run", "/", ".", "/usr/lib", "/dev", "/proc/self", *sys.path]
    for folder in folders:
        for flags in (os.O_WRONLY | os.O_CREAT, os.O_RDWR | os.O_TMPFILE):
            name = folder if flags & os.O_TMPFILE == os.O_TMPFILE else f"{folder}/made-by-an-attack"
            try:
                os.close(os.open(name, flags, 0o600))
            except OSError:
                continue
            return f"achieved: in {folder}"
    return "nothing"
