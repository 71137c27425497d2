"""It is unreadable: a format version that is not a number."""


def make(folder):
    path = folder / "version.ipynb"
    path.write_text('{"nbformat": NaN, "nbformat_minor": Infinity, "metadata": {}, "cells": []}')
    return path
