"""norm earns nothing: nothing of an earlier submission is there, in no module and in no variable."""

import builtins
import os
import sys

import numpy as np


def norm(A):
    for place in (builtins, sys, np):
        if getattr(place, "left_by", os.getpid()) != os.getpid():
            return f"achieved: left in {place.__name__}"
        place.left_by = os.getpid()
    return "nothing"
