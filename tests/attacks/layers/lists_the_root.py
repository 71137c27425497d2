"""Only landlock keeps it from listing folders that are above those it may read."""
import os


def norm(A):
    return f"achieved: {os.listdir('/')}"
