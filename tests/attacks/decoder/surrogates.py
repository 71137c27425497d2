"""norm earns nothing (raised): a failure in letters that no file could hold."""

import os

from grader.models import serialization


def norm(A):
    data = serialization.encode(("raised", 0.0, ("\ud800", "\udfff\0", [[True, False]])))
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
