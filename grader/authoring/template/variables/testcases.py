"""The variables that are graded: by their values in the notebook of the solution.

A variable has no inputs, so there is nothing to yield: what leads to its value is run, as Jupyter would.
Students see only of which type and shape it has to be, unless you write `variable(public=True)`.
"""

from __future__ import annotations

from grader.testcase import question, variable


@variable(points=3)
def daily_mean() -> None:
    """The mean of each day."""


@variable(points=3)
def warmest_day() -> None:
    """The number of a day."""


@variable(points=4)
def largest_rise() -> None:
    """A difference in degrees Fahrenheit."""


question("explain", points=2)
