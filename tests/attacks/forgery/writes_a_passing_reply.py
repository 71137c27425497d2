"""norm earns nothing (crashed): there is no reply that means passed."""

import os

from grader import wire


def norm(A):
    data = wire.encode(("passed", 10.0, []))
    os.write(4, len(data).to_bytes(8, "little") + data)
    os._exit(0)
