"""Pairs become cliques: n who all share something are one, and nobody joins who is not near to all."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.class_report.cliques import cliques


@pytest.mark.parametrize("n", [2, 3, 10, 40])
def test_n_who_all_share_as_much_are_one_clique(n):
    pairs = [(20, one, other) for one, other in itertools.combinations(range(n), 2)]
    assert cliques(pairs, 12) == (tuple(range(n)),)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([(9, 0, 1), (8, 1, 2)], ((0, 1), (1, 2)), id="a chain"),
        pytest.param([(9, 0, 1), (8, 2, 3)], ((0, 1), (2, 3)), id="two apart"),
        pytest.param([(9, 0, 0)], ((0,),), id="one node of several"),
        pytest.param([(9, 0, 0), (8, 0, 1)], ((0, 1),), id="one node of several, and one near it"),
        pytest.param([(9, 0, 1), (5, 0, 2), (5, 1, 2)], ((0, 1, 2),), id="near enough"),
        pytest.param(
            [(9, 0, 1), (4, 0, 2), (5, 1, 2)], ((0, 1), (1, 2, 0)), id="too far from one of the closest"
        ),
        pytest.param([], (), id="nobody"),
    ],
)
def test_who_joins_a_clique_is_near_to_all_in_it(pairs, expected):
    assert cliques(pairs, 12) == expected


def test_no_more_are_returned_than_wanted():
    assert cliques([(9, i, i) for i in range(20)], 12) == tuple((i,) for i in range(12))


NODES = st.integers(0, 8)
PAIRS = st.dictionaries(
    st.tuples(NODES, NODES).map(lambda pair: (min(pair), max(pair))), st.integers(8, 30), max_size=30
)


@given(PAIRS)
def test_every_pair_is_in_a_clique_and_every_clique_is_of_pairs(shared):
    found = cliques([(n, *pair) for pair, n in shared.items()], 99)
    for one, other in shared:
        assert any(one in clique and other in clique for clique in found)
    for clique in found:
        assert all(pair in shared for pair in itertools.combinations(sorted(clique), 2))


@given(PAIRS, st.randoms())
def test_the_order_of_the_pairs_does_not_matter(shared, random):
    pairs = [(n, *pair) for pair, n in shared.items()]
    shuffled = random.sample(pairs, len(pairs))
    assert cliques(shuffled, 12) == cliques(pairs, 12)
