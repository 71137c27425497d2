"""Which commands of a system call a child may give: those by which no other process can notice it."""

from __future__ import annotations

# asm-generic/fcntl.h
FCNTL = (0, 1, 2, 3, 4, 1030)
"""Duplicate, get and set flags, duplicate closed by exec.

Flags belong to an open file, so no child may have one in common with another process. Locks, leases, owners,
notices, seals, and the sizes of pipes belong to what is opened: others have that open too.
"""

# asm-generic/ioctls.h
IOCTL = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)
"""Terminal settings and size, bytes waiting, kept by exec, closed by exec."""

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
"""What the locks of one process need. One that is not private is met by whoever has mapped the same file."""

# asm-generic/mman-common.h
ADVICE = (0, 1, 2, 3, 4, 8, 14, 15, 16, 17)
"""What the reader of a mapping or an allocator says: how it is read, or that it is not needed any more.

Other advice throws a file's pages out of the cache that all share, or merges equal pages of processes.
"""

HUGE_PAGES = 0x40000
"""The flag of a mapping from the few huge pages that a machine has for all."""

# linux/time.h
CLOCKS = 16
"""Clocks of the machine, and those of the process itself, are below; above are those of other processes."""
