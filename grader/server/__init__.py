"""The service: students submit on a page and see their feedback, instructors see the class."""
