"""It is unreadable: cells that are numbers, texts and nothing."""


def make(folder):
    path = folder / "cells.ipynb"
    path.write_text('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [null, 7, "code", [], {}]}')
    return path
