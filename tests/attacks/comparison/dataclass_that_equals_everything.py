"""double earns nothing (wrong_type): a dataclass that equals everything crosses as its fields."""

from dataclasses import dataclass


@dataclass
class Everything:
    value: float

    def __eq__(self, _):
        return True

    def __getattribute__(self, name):
        raise SystemExit(name)


def double(x):
    return Everything(1.0)
