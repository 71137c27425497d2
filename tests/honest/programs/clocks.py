"""How long it took, for nobody."""
import time
from datetime import datetime


def norm(A):
    start = time.time()
    result = (A**2).sum() ** 0.5
    print(f"{time.time() - start:.3f} s at {datetime.now()}, {time.perf_counter()}")
    return result
