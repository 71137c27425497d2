"""The isolation layers of the sandbox, each a small module over raw Linux system calls."""
