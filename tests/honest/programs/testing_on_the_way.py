"""Checks in the function itself."""
import unittest

import numpy as np


def double(x):
    np.testing.assert_allclose(x + x, 2 * x)
    unittest.TestCase().assertEqual(1, 1)
    assert x.ndim == 2, "two axes"
    return x + x
