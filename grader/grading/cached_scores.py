"""The score cache as one submission sees it: look-ups by its programs and the states of dependencies."""

from __future__ import annotations

from grader.comparison.verdict import Verdict
from grader.grading.plan import Evidence, Known, States, cause_of
from grader.grading.program_keys import Keys, own_text
from grader.grading.programs import not_lent, run_with, sha256_of
from grader.grading.remarks import states
from grader.grading.run import Runner
from grader.grading.score_cache import ScoreCache
from grader.models.report import Score


class CachedScores:
    """Looks up the scores of equal programs, and stores scores that others may reuse.

    A score holds only for the states of the function's dependencies, which are part of its key. One of a
    function that is right by itself has the program that was run for it, without the wrong dependencies.

    Args:
        cache: the shared scores; None finds and stores nothing.
        runner: runs the functions of the submission.
    """

    def __init__(self, cache: ScoreCache | None, runner: Runner) -> None:
        self._cache = cache if not runner.names.aliases else None
        self._runner = runner
        self._plan = runner.plan
        self._keys_of: dict[tuple[str, States, bool], Keys | None] = {}
        self._seen: dict[str, int] = {}

    def find(self, evidence: Evidence, name: str) -> Known | None:
        """Return the cached score of an equal program whose dependencies are in the same states.

        Args:
            evidence: the results so far.
            name: the graded function.

        Returns:
            the score with the states that it assumes, or None if there is none.
        """
        if self._cache is None or not self._seen_before(name):
            return None
        found = states(self._plan, evidence, name)
        sha256 = sha256_of(self._plan.parts[name], self._plan.assignment.wanted)
        for by_itself in (False, True) if cause_of(self._plan, evidence, name) else (False,):
            keys = self._keys(name, found, by_itself=by_itself)
            if keys and (score := self._cache.find(keys, self._plan.submission.functions[name], sha256)):
                return Known(score, found)
        return None

    def holds(self, evidence: Evidence, name: str) -> bool:
        """Return whether a score from the cache still holds.

        Args:
            evidence: the results so far; `evidence.known` has the function.
            name: the graded function.

        Returns:
            True if the dependencies are in the states that the score assumes.
        """
        return evidence.known[name].states == states(self._plan, evidence, name)

    def met(self, evidence: Evidence, name: str, *, by_itself: bool = False) -> int:
        """Return how often the program of a function was seen before, and count this time.

        Args:
            evidence: the results so far.
            name: the graded function.
            by_itself: whether that is its program in isolation.

        Returns:
            how often; 0 if its score would not be stored. If only the text of the function was seen, and
            only once, that counts as the same program, whose keys were not computed.
        """
        if self._cache is None or not (seen := self._seen_before(name)):
            return 0
        keys = self._keys(name, states(self._plan, evidence, name), by_itself=by_itself)
        return 0 if keys is None else self._cache.met(keys) or int(seen == 1)

    def keep(self, evidence: Evidence, score: Score) -> None:
        """Store a score if only the function and its dependencies can have influenced it.

        Args:
            evidence: the results of the submission.
            score: the score of one of its functions.
        """
        name = score.name
        if self._cache is None or name in evidence.known or name not in self._plan.parts:
            return
        isolated = score.credited == "isolated"
        by_itself = isolated and cause_of(self._plan, evidence, name) is not None
        judged = (evidence.isolated,) if by_itself else (evidence.as_written, evidence.isolated)
        attempts = [of[name] for of in judged if name in of]
        alone = name in evidence.alone or (isolated and name not in evidence.behind)
        lasting = score.verdict is not Verdict.NOT_DETERMINISTIC and all(a.lasting for a in attempts)
        found = states(self._plan, evidence, name)
        if alone and lasting and (keys := self._keys(name, found, by_itself=by_itself)):
            small = evidence.asides[name].small if name in evidence.asides else ()
            runs = [run for attempt in attempts for run in attempt.runs] + [*small]
            self._cache.keep(keys, score, placed=any(run.failure for run in runs))

    def _seen_before(self, name: str) -> int:
        """Return how many submissions had the text of a function before."""
        if self._cache is None:
            return 0
        if name not in self._seen:
            self._seen[name] = self._cache.seen(self._own_text(name))
        return self._seen[name]

    def _own_text(self, name: str) -> bytes:
        return own_text(self._plan.parts[name].statements)

    def _keys(self, name: str, found: States, *, by_itself: bool = False) -> Keys | None:
        """Return the cache keys of a function in the given states; None if its score must not be stored."""
        if self._cache is None:
            return None
        if (name, found, by_itself) not in self._keys_of:
            self._keys_of[name, found, by_itself] = self._made_keys(name, found, by_itself)
        return self._keys_of[name, found, by_itself]

    def _made_keys(self, name: str, found: States, by_itself: bool) -> Keys | None:
        """Compute the keys; None if the function may be nondeterministic or is part of a dependency cycle."""
        assignment, parts, needed_by = self._plan.assignment, self._plan.parts, self._plan.needed
        in_turn = any(name in needed_by[used] for used in needed_by[name] if used != name)
        run = run_with([name], not_lent(assignment, name, parts), assignment.wanted) if by_itself else parts
        needed = [used for used in needed_by[name] if used in run]
        if in_turn or any(map(self._runner.by_chance, needed)):
            return None
        names = [
            (sorted(part.uses), sorted(part.unbound.items()), sorted(part.hidden.items()))
            for part in map(parts.__getitem__, needed)
        ]
        beside = (name, assignment.edition, self._runner.editions(name), names, found, by_itself)
        program = self._runner.program_by_itself(name) if by_itself else self._runner.program_of([name])
        return Keys(program.statements, beside, self._own_text(name))
