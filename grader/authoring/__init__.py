"""Make and verify assignments: scaffold, lint, mutation audit, validation, release for students."""
