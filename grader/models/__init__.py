"""The frozen values that flow through the grader, by subject."""
