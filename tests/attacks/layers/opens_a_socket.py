"""Only seccomp keeps it from a socket."""
import socket


def norm(A):
    return f"achieved: {socket.socketpair()}"
