"""norm earns nothing (wrong_value): no test runs where the submission runs."""

import unittest


def norm(A):
    unittest.TestCase.assertEqual = unittest.TestCase.assertTrue = lambda *args: None
    unittest.TestResult.wasSuccessful = lambda self: True
    return -1.0
