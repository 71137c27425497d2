"""Grades what was submitted, in the order in which it came."""
