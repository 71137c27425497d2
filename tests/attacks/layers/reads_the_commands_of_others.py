"""Landlock and the mount tree keep it from reading of other processes, each of them alone."""


def norm(A):
    with open("/proc/self/cmdline") as file:
        return "achieved: " + file.read()
