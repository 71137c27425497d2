"""norm earns nothing (crashed): an answer of 2**63 bytes is not begun with."""

import os
import time


def norm(A):
    os.write(4, (1 << 63).to_bytes(8, "little"))
    time.sleep(1000)
