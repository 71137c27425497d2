"""What an instructor makes and proves: the release folder, a validated assignment, a new one."""
