"""tag earns nothing (wrong_type): prints go nowhere."""

import sys


def tag(parameters, label):
    print(label, parameters)
    print(label, parameters, file=sys.stderr)
