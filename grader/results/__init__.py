"""What a grading leaves: its database, results.json and the gradebook."""
