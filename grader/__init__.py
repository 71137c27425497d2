"""Grades NumPy exercises in notebooks: every mark explained, none forgeable."""

__version__ = "0.1.0"
