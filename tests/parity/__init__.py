"""What Jupyter runs and the public tests pass loses nothing to how a notebook is read."""
