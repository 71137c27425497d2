"""What an instructor defines: solutions and test cases as values, their seeds and checksums."""
