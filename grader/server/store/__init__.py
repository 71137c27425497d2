"""What the service knows: the only room of the service with SQL."""
