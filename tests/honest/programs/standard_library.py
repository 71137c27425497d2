"""Modules that nothing else has imported before."""
import bisect
import csv
import decimal
import fractions
import functools
import heapq
import itertools
import operator
import string
import textwrap
import typing


def double(x):
    factor = fractions.Fraction(4, 2) * decimal.Decimal(1).__int__()
    assert heapq.nsmallest(1, [2, 1]) == [1] and bisect.bisect([1, 2], 1) == 1 and string.digits
    assert textwrap.dedent("  a") == "a" and csv.QUOTE_ALL and typing.Any
    return functools.reduce(operator.add, itertools.repeat(x, int(factor)))
