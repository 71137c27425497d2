"""tag earns nothing (raised): of a hidden call only the exceptions of Python itself are named."""


def tag(parameters, label):
    raise type(label, (Exception,), {})
