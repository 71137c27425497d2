"""The comparison of answers: pure NumPy."""
