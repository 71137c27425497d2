"""norm earns nothing (crashed): nor does it help to close all there is."""

import os
import time


def norm(A):
    os.closerange(0, 1024)
    time.sleep(1000)
