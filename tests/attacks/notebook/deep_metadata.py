"""It is unreadable: a notebook whose metadata has no end."""


def make(folder):
    path = folder / "deep.ipynb"
    deep = '{"a":' * 100_000 + "0" + "}" * 100_000
    path.write_text('{"nbformat": 4, "nbformat_minor": 4, "cells": [], "metadata": ' + deep + "}")
    return path
