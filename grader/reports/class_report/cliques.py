"""Join pairs into cliques, so that n submissions which all share something are one row and not n(n-1)/2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Pair = tuple[int, int, int]
"""How much two nodes share, and the nodes; a pair of a node with itself stands for a node of several."""

LEAST_SHARE = 0.5
"""Who joins a clique shares with everyone in it at least this part of what its closest pair shares."""


def cliques(pairs: Iterable[Pair], most: int) -> tuple[tuple[int, ...], ...]:
    """Return cliques that cover the closest pairs, each with its closest pair first.

    Of the pairs that no clique has yet, the closest begins the next one; then whoever is close to all that
    are in it joins.

    Args:
        pairs: pairs of nodes, each once, in any order.
        most: how many cliques to return at most.

    Returns:
        the nodes of each clique, those that share most first; a clique of one node is a pair with itself.
    """
    ordered = sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for shared, one, other in ordered:
        near[one][other] = near[other][one] = shared
    found: list[tuple[int, ...]] = []
    for shared, one, other in ordered:
        if len(found) == most:
            break
        if not any(one in clique and other in clique for clique in found):
            found.append(_grown((one,) if one == other else (one, other), LEAST_SHARE * shared, near))
    return tuple(found)


def _grown(clique: tuple[int, ...], least: float, near: dict[int, dict[int, int]]) -> tuple[int, ...]:
    """Return a clique with all nodes that share at least `least` with everyone who is in it by then."""
    candidates = sorted(near[clique[0]].items(), key=lambda item: (-item[1], item[0]))
    for node, _ in candidates:
        if node not in clique and all(near[node].get(member, 0) >= least for member in clique):
            clique = (*clique, node)
    return clique
