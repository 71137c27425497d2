"""Notebooks: what a submission's mean, and what a solution's becomes for students."""
