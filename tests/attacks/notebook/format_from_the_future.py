"""It is unreadable: a format that nobody knows."""


def make(folder):
    path = folder / "future.ipynb"
    path.write_text('{"nbformat": 1000000000, "nbformat_minor": -5, "metadata": {}, "cells": []}')
    return path
