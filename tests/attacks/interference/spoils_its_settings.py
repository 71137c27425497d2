"""double earns nothing: numpy's error settings, filters of warnings and limits are its own affair."""

import gc
import os
import sys
import warnings

import numpy as np


def double(x):
    np.seterr(all="raise")
    np.set_printoptions(precision=1)
    warnings.simplefilter("error")
    gc.disable()
    os.environ.clear()
    os.chdir("/usr")
    sys.path.clear()
    return x
