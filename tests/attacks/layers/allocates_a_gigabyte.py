"""Only the resource limits keep it from memory without end."""
import numpy as np


def norm(A):
    return f"achieved: {np.empty(1 << 30, np.uint8).nbytes}"
