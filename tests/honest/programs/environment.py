"""Settings of the environment, changed in good will."""
import os

os_name = os.name


def double(x):
    os.environ["OMP_NUM_THREADS"] = "4"
    assert os.path.join("a", "b") == "a/b" and os_name and os.cpu_count() and os.getcwd()
    return 2 * x
