"""Arrays through the formats of NumPy, in memory."""
import io

import numpy as np


def double(x):
    file = io.BytesIO()
    np.savez(file, x=x)
    file.seek(0)
    return 2 * np.load(file)["x"]
