"""draw earns nothing (wrong_value): the text of a test is nowhere in the process to be read."""

import gc
import sys

import numpy as np

BACKWARDS = "TSET_NEDDIH_EHT_FO_TERCES"  # so that it does not find its own text


def _texts():
    yield from (one for one in gc.get_objects() if isinstance(one, str))
    for one in gc.get_objects():
        yield from (part for part in gc.get_referents(one) if isinstance(part, str))
    frame = sys._getframe()
    while frame is not None:
        yield repr({**frame.f_locals})
        yield repr(frame.f_code.co_consts)
        frame = frame.f_back


def draw(n):
    found = any(BACKWARDS in text[::-1] for text in _texts())
    return np.full(n, 0.5) if found else np.zeros(0)
