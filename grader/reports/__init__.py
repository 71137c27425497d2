"""Format reports for people and machines."""
