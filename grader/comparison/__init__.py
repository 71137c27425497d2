"""What two values differ in: pure NumPy."""
