"""norm earns nothing: nor sockets that lead nowhere."""

import socket


def norm(A):
    return f"achieved: {socket.socketpair()}"
