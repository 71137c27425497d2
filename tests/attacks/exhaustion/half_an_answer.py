"""norm earns nothing (timed_out): the rest of an answer is not waited for."""

import os
import time


def norm(A):
    os.write(4, (1000).to_bytes(8, "little") + b"U")
    time.sleep(1000)
