"""Share the points of an otter question among its test cases."""

from __future__ import annotations

from collections.abc import Sequence


def shared(total: object, each: Sequence[float | None]) -> list[float]:
    """Return the points of each test case of a question, by otter's rules.

    Args:
        total: the points of the question: a number, a list, `{"each": n}`, or None.
        each: those that a test case states itself.

    Returns:
        the points, in order. What the total leaves is shared evenly among the test cases that state none;
        without a total and any statement, the question is worth 1 point.
    """
    if isinstance(total, list) and len(total) == len(each):
        each, total = [number_of(one) for one in total], None
    if isinstance(total, dict):
        total = (number_of(total.get("each")) or 1.0) * len(each)
    stated = sum(points for points in each if points is not None)
    silent = sum(points is None for points in each)
    whole = number_of(total)
    if whole is None:
        whole = stated or 1.0
    share = max(whole - stated, 0.0) / silent if silent else 0.0
    return [share if points is None else points for points in each]


def number_of(value: object) -> float | None:
    """Return the points that a configuration states; None if it states no number."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
