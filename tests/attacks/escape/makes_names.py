"""norm earns nothing: no links, folders, pipes or devices can be made."""

import os
import stat


def norm(A):
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/", "."):
        name = f"{folder}/made-by-an-attack"
        for attempt, undo in (
            (lambda: os.symlink("/etc/passwd", name), os.unlink),
            (lambda: os.link("/usr/lib/os-release", name), os.unlink),
            (lambda: os.mkdir(name), os.rmdir),
            (lambda: os.mkfifo(name), os.unlink),
            (lambda: os.mknod(name, stat.S_IFREG | 0o600), os.unlink),
        ):
            try:
                attempt()
            except OSError:
                continue
            undo(name)
            return f"achieved: in {folder}"
    return "nothing"
