"""norm earns nothing (wrong_type): an object that would run a command when unpickled is never unpickled."""

import os


class Command:
    def __reduce__(self):
        return os.system, ("touch /tmp/unpickled",)


def norm(A):
    return Command()
