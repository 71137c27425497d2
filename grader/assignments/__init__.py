"""Load what an instructor defines: solution and test cases as values, seeds, checksums."""
