"""Item analysis and marks, against numbers worked out by hand and by another way."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import GRADED, RIGHT, WRONG

from grader.comparison.verdict import Verdict
from grader.models.marking import Ruling
from grader.models.report import PartScore
from grader.reports.class_report.item_analysis import Question, analyse, cronbach_alpha, discrimination
from grader.reports.class_report.mark_distribution import distribution

# Four students, three items: totals 3, 2, 1, 0 in the pattern of Guttman.
GUTTMAN = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], float)


def test_alpha_is_that_of_the_formula_worked_by_hand():
    # Variances of the items 3/16, 4/16, 3/16; of the totals 20/16. 3/2 (1 - 10/20) = 3/4.
    assert cronbach_alpha(GUTTMAN) == pytest.approx(0.75)


def test_alpha_of_items_that_all_agree_is_one():
    assert cronbach_alpha(np.repeat([[1.0], [0.0], [1.0]], 4, axis=1)) == pytest.approx(1)


@given(st.lists(st.tuples(*[st.sampled_from([0.0, 5.0, 10.0])] * 4), min_size=3, max_size=20))
def test_discrimination_is_the_correlation_with_the_sum_of_the_others(rows):
    points = np.array(rows)
    own, rest = [row[1] for row in rows], [row[0] + row[2] + row[3] for row in rows]
    r = discrimination(points, 1)
    if r is None:
        assert len(set(own)) == 1 or len(set(rest)) == 1
    else:
        assert math.isclose(r, statistics.correlation(own, rest), abs_tol=1e-9)


@pytest.mark.parametrize(
    "points",
    [
        pytest.param(np.ones((5, 3)), id="all have the same total"),
        pytest.param(GUTTMAN[:2], id="two students always lie on a line"),
        pytest.param(GUTTMAN[:, :1], id="one item has no others"),
        pytest.param(np.array([]), id="nobody"),
    ],
)
def test_what_is_not_defined_is_none(points):
    assert cronbach_alpha(points) is None
    assert discrimination(points, 0) is None


def test_an_item_counts_what_became_of_a_function():
    verdicts = [Verdict.WRONG_VALUE, Verdict.WRONG_SHAPE, Verdict.DID_NOT_RUN, Verdict.NOT_ATTEMPTED]
    reports = [replace(GRADED, exercises=(replace(WRONG, verdict=verdict), RIGHT)) for verdict in verdicts]
    wrong, right = analyse(reports).items
    assert (wrong.function, wrong.fates, wrong.difficulty) == ("backward", (0, 2, 1, 1), 0)
    assert (right.function, right.fates, right.difficulty) == ("model", (4, 0, 0, 0), 1)
    assert wrong.discrimination is right.discrimination is None


def test_an_item_has_the_share_that_earned_each_part():
    parts = [(PartScore("shapes", 2, 2), PartScore("values", points, 3)) for points in (0, 3, 0, 0)]
    reports = [replace(GRADED, exercises=(replace(WRONG, parts=own), RIGHT)) for own in parts]
    assert analyse(reports).items[0].parts == {"shapes": 1, "values": 0.25}


def test_a_question_is_no_item_and_counts_who_waits():
    question = replace(RIGHT, verdict=Verdict.TO_BE_MARKED)
    marked = replace(question, ruling=Ruling(None, 7.5))
    reports = [replace(GRADED, exercises=(WRONG, one)) for one in (question, marked, question)]
    analysis = analyse(reports)
    assert [item.function for item in analysis.items] == ["backward"]
    assert analysis.questions == (Question("model", 1, 2),)


def test_an_analysis_of_nobody_is_empty():
    assert analyse([]).items == ()


def test_full_marks_stand_alone_and_a_mark_counts_in_the_range_it_has_reached():
    points = [0, 9.9, 10, 99.9, 100, 100]
    marks = distribution([replace(GRADED, points=mark, max_points=100.0) for mark in points])
    assert marks is not None
    assert dict(zip(marks.ranges, marks.counts, strict=True)) == {
        "0–9": 2, "10–19": 1, "20–29": 0, "30–39": 0, "40–49": 0, "50–59": 0, "60–69": 0, "70–79": 0,
        "80–89": 0, "90–99": 1, "100": 2,
    }  # fmt: skip
    assert marks.median == pytest.approx((10 + 99.9) / 2)
    assert marks.mean == pytest.approx(sum(points) / 6)


def test_there_is_no_distribution_of_no_marks():
    assert distribution([replace(GRADED, points=None)]) is None
