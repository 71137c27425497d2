"""Model.score, reverse, greet and ask earn nothing: builtins are patched, and they do nothing."""

import builtins


def patched():
    builtins.len = lambda value: 10
    builtins.isinstance = lambda value, kind: True
    builtins.float = builtins.int = builtins.str = lambda *args: 2
    builtins.sorted = builtins.list = lambda value: value
    builtins.print = lambda *args, **kwargs: None


class Model:
    def fit(self, X):
        self.mean = X.mean(axis=0)

    def predict(self, X):
        return X - self.mean

    def score(self, X):
        patched()
        return 1


def reverse(x):
    patched()
    return x


def greet(name):
    patched()
    print("Hello")


def ask():
    patched()
    return 4
