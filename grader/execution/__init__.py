"""Many submissions at once: workers, clusters, and the folder that a grading leaves."""
