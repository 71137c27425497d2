"""Files of this machine, read within limits and written whole or not at all."""
