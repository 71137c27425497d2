"""Attacks on the grader, one file each; the first line of each says what must happen."""
