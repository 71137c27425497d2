"""Commands of system calls that a worker process may use, none of which another process can observe."""

from __future__ import annotations

# asm-generic/fcntl.h
FCNTL = (0, 1, 2, 3, 4, 1030)
"""Duplicate, get and set flags, duplicate with close-on-exec.

Flags belong to an open file, so worker processes share none with other processes. Locks, leases, owners,
notifications, seals and pipe sizes belong to the file, which others may have open too.
"""

# asm-generic/ioctls.h
IOCTL = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)
"""Terminal settings and size, bytes available, clear and set close-on-exec."""

# linux/futex.h
_WAIT, _WAKE, _REQUEUE, _COMPARE_REQUEUE, _WAKE_AND_SET, _WAIT_FOR_BITS, _WAKE_BITS = 0, 1, 3, 4, 5, 9, 10
_PRIVATE, _REAL_TIME = 128, 256
FUTEX = (
    *(
        _PRIVATE | each
        for each in (
            _WAIT, _WAKE, _REQUEUE, _COMPARE_REQUEUE, _WAKE_AND_SET, _WAIT_FOR_BITS, _WAKE_BITS,
        )
    ),
    _PRIVATE | _REAL_TIME | _WAIT_FOR_BITS,
)  # fmt: skip
"""What locks within a process need. A futex that is not private can be shared through a mapped file."""

# asm-generic/mman-common.h
ADVICE = (0, 1, 2, 3, 4, 8, 14, 15, 16, 17)
"""Advice on how a mapping is read, or that it is not needed any more.

Other advice evicts a file's pages from the shared cache, or merges equal pages of processes.
"""

HUGE_PAGES = 0x40000
"""The flag of mappings that use huge pages, of which a machine has few for all processes."""

# linux/time.h
CLOCKS = 16
"""Clock ids below are those of the machine and of the process itself; above are those of other processes."""
