"""What students run: the public cases in a file, and the code that runs them."""
