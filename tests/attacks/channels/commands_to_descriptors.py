"""norm earns nothing: no owner, lease, lock, seal, notice or size is set by a command to a descriptor."""

import errno
import fcntl
import struct

import numpy as np

LOCK = struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 1, 0)
COMMANDS = {
    5: LOCK, 6: LOCK, 7: LOCK, 36: LOCK, 37: LOCK, 38: LOCK,  # locks, and asking for them
    8: 0, 9: 0, 10: 0, 11: 0, 15: bytes(8), 16: bytes(8),  # who gets which signal
    1024: fcntl.F_RDLCK, 1025: 0, 1026: 0, 1029: 0,  # leases, notices
    1031: 1 << 16, 1032: 0, 1033: 0, 1034: 0,  # sizes of pipes, seals
    1035: bytes(8), 1036: bytes(8), 1037: bytes(8), 1038: bytes(8),  # how long a file lives
}  # fmt: skip


def norm(A):
    with open(np.__file__) as file:
        for command, argument in COMMANDS.items():
            for descriptor in (0, 3, file.fileno()):
                try:
                    fcntl.fcntl(descriptor, command, argument)
                    return f"achieved: {command}"
                except OSError as error:
                    if error.errno != errno.EPERM:
                        return f"achieved: {command} came through"
    return "nothing"
