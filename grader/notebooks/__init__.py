"""Read notebooks: extract graded functions from submissions, make stubs of solutions."""
