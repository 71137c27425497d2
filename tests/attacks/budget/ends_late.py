"""It uses up the budget for time: every call ends its process shortly before its time."""
import os
import time


def double(x):
    time.sleep(0.35)
    os._exit(0)


def norm(A):
    time.sleep(0.35)
    os._exit(0)


def quadruple(x):
    time.sleep(0.35)
    os._exit(0)


def tag(parameters, label):
    time.sleep(0.35)
    os._exit(0)
