"""What a whole class did: the report that an instructor reads after grading."""
