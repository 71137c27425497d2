"""The score cache as one submission sees it: look-ups by its programs and the states of dependencies."""

from __future__ import annotations

from grader.comparison.verdict import Verdict
from grader.grading.plan import Evidence, Known, States
from grader.grading.program_keys import Keys
from grader.grading.programs import sha256_of
from grader.grading.remarks import states
from grader.grading.run import Runner
from grader.grading.score_cache import ScoreCache
from grader.models.report import Score


class CachedScores:
    """Looks up the scores of equal programs, and stores scores that others may reuse.

    A score holds only for the states of the function's dependencies, which are part of its key.

    Args:
        cache: the shared scores; None finds and stores nothing.
        runner: runs the functions of the submission.
    """

    def __init__(self, cache: ScoreCache | None, runner: Runner) -> None:
        self._cache = cache if not runner.names.aliases else None
        self._runner = runner
        self._plan = runner.plan
        self._keys_of: dict[tuple[str, States], Keys | None] = {}

    def find(self, evidence: Evidence, name: str) -> Known | None:
        """Return the cached score of an equal program whose dependencies are in the same states.

        Args:
            evidence: the results so far.
            name: the graded function.

        Returns:
            the score with the states that it assumes, or None if there is none.
        """
        found = states(self._plan, evidence, name) if self._cache else ()
        keys = self._keys(name, found)
        if keys is None or self._cache is None:
            return None
        sha256 = sha256_of(self._plan.parts[name], self._plan.assignment.wanted)
        score = self._cache.find(keys, self._plan.submission.functions[name], sha256)
        return Known(score, found) if score else None

    def holds(self, evidence: Evidence, name: str) -> bool:
        """Return whether a score from the cache still holds.

        Args:
            evidence: the results so far; `evidence.known` has the function.
            name: the graded function.

        Returns:
            True if the dependencies are in the states that the score assumes.
        """
        return evidence.known[name].states == states(self._plan, evidence, name)

    def met(self, evidence: Evidence, name: str) -> int:
        """Return how often the program of a function was seen before, and count this time.

        Args:
            evidence: the results so far.
            name: the graded function.

        Returns:
            how often; 0 if its score would not be stored.
        """
        if self._cache is None:
            return 0
        keys = self._keys(name, states(self._plan, evidence, name))
        return 0 if keys is None else self._cache.met(keys)

    def keep(self, evidence: Evidence, score: Score) -> None:
        """Store a score if only the function and its dependencies can have influenced it.

        Args:
            evidence: the results of the submission.
            score: the score of one of its functions.
        """
        name = score.name
        if self._cache is None or name in evidence.known or name not in self._plan.parts:
            return
        attempts = [of[name] for of in (evidence.as_written, evidence.isolated) if name in of]
        alone = name in evidence.alone or score.credited == "isolated"
        lasting = score.verdict is not Verdict.NOT_DETERMINISTIC and all(a.lasting for a in attempts)
        if alone and lasting and (keys := self._keys(name, states(self._plan, evidence, name))):
            small = evidence.asides[name].small if name in evidence.asides else ()
            runs = [run for attempt in attempts for run in attempt.runs] + [*small]
            self._cache.keep(keys, score, placed=any(run.failure for run in runs))

    def _keys(self, name: str, found: States) -> Keys | None:
        """Return the cache keys of a function in the given states; None if its score must not be stored."""
        if self._cache is None:
            return None
        if (name, found) not in self._keys_of:
            self._keys_of[name, found] = self._made_keys(name, found)
        return self._keys_of[name, found]

    def _made_keys(self, name: str, found: States) -> Keys | None:
        """Compute the keys; None if the function may be nondeterministic or is part of a dependency cycle."""
        parts, needed_by = self._plan.parts, self._plan.needed
        needed = [used for used in needed_by[name] if used in parts]
        in_turn = any(name in needed_by[used] for used in needed_by[name] if used != name)
        if in_turn or any(map(self._runner.by_chance, needed)):
            return None
        names = [
            (sorted(part.uses), sorted(part.unbound.items()), sorted(part.hidden.items()))
            for part in map(parts.__getitem__, needed)
        ]
        beside = (name, self._plan.assignment.edition, self._runner.editions(name), names, found)
        return Keys(self._runner.program_of([name]).statements, beside)
