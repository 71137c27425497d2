"""Calls with data frames."""

import pandas as pd

from grader.testcase import exercise


def frame(rng, n):
    return pd.DataFrame(
        {"city": rng.choice(["Rome", "Oslo", "Bonn"], n), "price": rng.uniform(1, 9, n).round(2)}
    )


@exercise(points=10)
def by_city(rng):
    for n in (4, 6, 9, 12):
        yield {"df": frame(rng, n)}


@exercise(points=10)
def prices(rng):
    for n in (4, 6, 9, 12):
        yield {"df": frame(rng, n)}
