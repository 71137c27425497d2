"""Write the report on a whole class, for the instructor."""
