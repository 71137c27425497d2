"""The scores in a cache that the functions of one submission have, by their programs and what they need."""

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
    """Looks up what equal programs earned, and keeps what others may have.

    A score holds for the states of the functions that its function needs, which are in its key.

    Args:
        cache: the scores; None keeps and finds nothing.
        runner: runs the functions of the submission.
    """

    def __init__(self, cache: ScoreCache | None, runner: Runner) -> None:
        self._cache = cache if not runner.names.aliases else None
        self._runner = runner
        self._plan = runner.plan
        self._keys_of: dict[tuple[str, States], Keys | None] = {}

    def find(self, evidence: Evidence, name: str) -> Known | None:
        """What a function earned that is the same and needs the same, as that of this submission."""
        found = states(self._plan, evidence, name) if self._cache else ()
        keys = self._keys(name, found)
        if keys is None or self._cache is None:
            return None
        sha256 = sha256_of(self._plan.parts[name], self._plan.assignment.wanted)
        score = self._cache.find(keys, self._plan.submission.functions[name], sha256)
        return Known(score, found) if score else None

    def holds(self, evidence: Evidence, name: str) -> bool:
        """Whether a score that was found holds for what is known of the other functions now."""
        return evidence.known[name].states == states(self._plan, evidence, name)

    def met(self, evidence: Evidence, name: str) -> bool:
        """Whether the program of a function was met before; from now on it was."""
        if self._cache is None:
            return False
        keys = self._keys(name, states(self._plan, evidence, name))
        return keys is not None and self._cache.met(keys)

    def keep(self, evidence: Evidence, score: Score) -> None:
        """Keep a score for others if nothing but its function and what that needs has a part in it."""
        name = score.name
        if self._cache is None or name in evidence.known or name not in self._plan.parts:
            return
        attempts = [of[name] for of in (evidence.as_written, evidence.isolated) if name in of]
        alone = name in evidence.alone or score.credited == "isolated"
        lasting = score.verdict is not Verdict.NOT_DETERMINISTIC and all(a.lasting for a in attempts)
        if alone and lasting and (keys := self._keys(name, states(self._plan, evidence, name))):
            runs = [run for attempt in attempts for run in attempt.runs] + [*evidence.small.get(name, ())]
            self._cache.keep(keys, score, placed=any(run.failure for run in runs))

    def _keys(self, name: str, found: States) -> Keys | None:
        """By what a function is known beside what it needs; None if nothing is to be kept of it."""
        if self._cache is None:
            return None
        if (name, found) not in self._keys_of:
            self._keys_of[name, found] = self._made_keys(name, found)
        return self._keys_of[name, found]

    def _made_keys(self, name: str, found: States) -> Keys | None:
        """The same, made; None if what it does may change, or what it needs needs it in turn."""
        parts, needed_by = self._plan.parts, self._plan.needed
        needed = [used for used in needed_by[name] if used in parts]
        in_turn = any(name in needed_by[used] for used in needed_by[name] if used != name)
        if in_turn or any(map(self._runner.by_chance, needed)):
            return None
        names = [
            (sorted(part.uses), sorted(part.unbound.items()), sorted(part.hidden.items()))
            for part in map(parts.__getitem__, needed)
        ]
        beside = (name, self._runner.editions(name), names, found)
        return Keys(self._runner.program_of([name]).statements, beside)
