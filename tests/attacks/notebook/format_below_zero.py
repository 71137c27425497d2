"""It is unreadable: a format before the first one."""


def make(folder):
    path = folder / "past.ipynb"
    path.write_text('{"nbformat": -4, "nbformat_minor": 0, "metadata": {}, "cells": [{}]}')
    return path
