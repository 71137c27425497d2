"""Marks one submission's functions: what their attempts earn, and what their author is told."""

from __future__ import annotations

import dataclasses
import re

from grader import hints
from grader.comparison.verdict import Verdict
from grader.grading.answer_fingerprint import signature
from grader.grading.attempting import Attempts
from grader.grading.attempts import Attempt
from grader.grading.disclosure import told
from grader.grading.explaining import probes_of, with_more
from grader.grading.failure_place import Failing
from grader.grading.known_mistakes import recognise
from grader.grading.outcomes import score_of, unwritten
from grader.grading.probing import Probe, tell
from grader.grading.programs import lendable, program_beside
from grader.models.assignment import Exercise
from grader.models.execution import Run, Status
from grader.models.report import Score

CHANGED = re.compile(r"the caller's (\w+(?: and \w+)*)")


class Marking(Attempts):
    """The scores of one submission's functions; see `Attempts`."""

    def scores(self) -> tuple[Score, ...]:
        """The score of every exercise."""
        return tuple(self._kept(self._explained(self._score(e))) for e in self.assignment.exercises)

    def _score(self, exercise: Exercise) -> Score:
        if exercise.name not in self.submission.parts:
            return unwritten(exercise, self.submission.functions[exercise.name], self._advice(exercise))
        if exercise.name in self.known:
            return self.known[exercise.name]
        sha256, remark = self._program_sha256(exercise.name), self._remark_on(exercise.name)
        return dataclasses.replace(self._earned(exercise), program_sha256=sha256, remark=remark)

    def _earned(self, exercise: Exercise) -> Score:
        """What the attempt that counts is worth: a function by itself, if it is right so."""
        counts = self._counting(exercise.name)
        if not counts.passed:
            return self._failed(exercise, self._telling(exercise.name))
        score = score_of(exercise, counts, self.submission, points=exercise.points)
        if not self._right_by_itself(exercise.name):
            return score
        cause, message = self._cause(exercise.name), "Right by itself."
        if cause:
            message = f"Right by itself; {cause}, which it needs, is not."
        elif exercise.name in self.spoiled and (cause := self._spoiler(exercise.name)):
            message = f"{cause}, which it needs, {self._spoils(cause)}; this function is right by itself."
        return dataclasses.replace(score, credited="isolated", cause=cause, message=message)

    def _spoils(self, cause: str) -> str:
        """How a function that is right may keep another from being so."""
        if changed := CHANGED.findall(self._remark_on(cause)):
            return f"changes its {' and '.join(changed)} in place"
        return "passes its own tests but fails here (does it keep something from call to call?)"

    def _telling(self, name: str) -> Attempt:
        """The attempt that tells why a function fails: by itself, where it then does so in another way."""
        written, isolated = self.as_written[name], self.isolated.get(name)
        if isolated is None or isolated.fails_like(written):
            return written
        returned = isolated.first_failing[1].status is Status.RETURNED
        return isolated if returned or not self._lent_to(name) else written  # what it raised is not told

    def _cause(self, name: str) -> str | None:
        """The function at fault when another one is right by itself; one that it calls before others."""
        uses, lent = self.submission.parts[name].uses, self._lent_to(name)
        return min((n for n in self._wrong_for(name) if n in lent), key=lambda n: n not in uses, default=None)

    def _wrong_for(self, name: str) -> list[str]:
        """The other functions that are wrong, of those that one needs."""
        needed = self.needed[name]
        return [n for n in self.exercises if n != name and n in needed and self._wrong(n)]

    def _failed(self, exercise: Exercise, attempt: Attempt) -> Score:
        """A score of nothing, explained by the first case that failed."""
        found = self.submission.functions[exercise.name]
        case, run, outcome = attempt.first_failing
        failing = self._failing(exercise, run) if case.public else None
        cell, line = (failing and failing.place) or (found.cell, found.line)
        written, by_itself = self.as_written[exercise.name], self.isolated.get(exercise.name, attempt)
        lent = attempt is not written and bool(self._lent_to(exercise.name))
        return dataclasses.replace(
            score_of(exercise, written, self.submission, points=0),
            verdict=outcome.verdict,
            status=run.status,
            message=told(case, run, outcome, failing, beside_loans=lent),
            cause=None if self.assignment.reference.parts else self._mend_first(exercise.name),
            hint=self._hint(exercise, attempt),
            cell=cell,
            line=line,
            lacks=failing.lacks if failing else "",
            signature=signature(by_itself.runs, (case.expected for case in by_itself.cases), found),
        )

    def _failing(self, exercise: Exercise, run: Run) -> Failing | None:
        return Failing(run.failure, exercise.name, self.submission) if run.failure else None

    def _hint(self, exercise: Exercise, attempt: Attempt) -> str:
        """The one thing that is said of a failure, beside what is seen."""
        case, run, outcome = attempt.first_failing
        part = self.submission.parts[exercise.name]
        own = hints.hint(outcome, run, case, part, exercise.results) if case.public else ""
        cause = None if run.status is not Status.RETURNED and own else self._mend_first(exercise.name)
        first = f"It needs {cause}, which is not right: mend that first." if cause else ""
        return first or own or self._known_mistake(exercise, attempt)

    def _mend_first(self, name: str) -> str | None:
        """Which wrong function is to be mended before anything is known of one that needs it."""
        own = set(self._wrong_for(name)) - lendable(self.assignment, name)
        return min(own, key=self._depth, default=None)

    def _known_mistake(self, exercise: Exercise, attempt: Attempt) -> str:
        """What is known of the mistake that gives these answers to the public cases."""
        if not attempt.cases[min(attempt.failing)].public:
            return ""  # right answers are no sign of any mistake
        mistakes = [m for m in self.assignment.mistakes() if m.function == exercise.name]
        public = [run for case, run in zip(attempt.cases, attempt.runs, strict=True) if case.public]
        return recognise(mistakes, public)

    def _explained(self, score: Score) -> Score:
        """The same score, with what further calls tell of a function that fails as it was written."""
        probes = self._probes(score)
        if not probes:
            return score
        small = self.small.get(score.name)
        made = [probe.tell(small) for probe in probes if probe.small and small is not None]
        asked = [probe for probe in probes if not probe.small or small is None]
        program = self._program_of([self.exercises[score.name]])
        return with_more(score, [*made, *tell(asked, program, self.sandbox)])

    def _probes(self, score: Score) -> list[Probe]:
        """What to ask a function beyond its cases, if it fails as it was written."""
        name, attempt = score.name, self.as_written.get(score.name)
        if name in self.known or score.verdict is Verdict.PASSED or attempt is None:
            return []
        if attempt is not self._telling(name):
            return []
        unexplained = not score.hint and name not in self.isolated
        sides = self.assignment, self.exercises[name], self.submission, attempt, self.sandbox.unmetered
        return probes_of(*sides, unexplained=unexplained)

    def _advice(self, exercise: Exercise) -> str:
        """What a function that does not parse would be worth with its one slip mended."""
        repair = self.submission.repaired.get(exercise.name)
        if repair is None:
            return ""
        attempt = self._run_isolated(exercise, repair.parts)
        return f"{repair.advice}{': then it passes every test' if attempt.passed else ''}."

    def _kept(self, score: Score) -> Score:
        """The same score, kept for others if nothing but the function and what it needs has a part in it."""
        name = score.name
        attempts = [of[name] for of in (self.as_written, self.isolated) if name in of]
        alone = name in self.alone or score.credited == "isolated"
        lasting = score.verdict is not Verdict.NOT_DETERMINISTIC and all(a.lasting for a in attempts)
        if alone and lasting and name not in self.known and (keys := self._keys(name)) and self.cache:
            runs = [run for attempt in attempts for run in attempt.runs] + [*self.small.get(name, ())]
            self.cache.keep(keys, score, placed=any(run.failure for run in runs))
        return score

    def _spoiler(self, name: str) -> str | None:
        """The one function beside whose reference another is right as it was written; the last one needed."""
        exercise, parts = self.exercises[name], self.submission.parts
        others = {*self.needed[name]} & parts.keys() & lendable(self.assignment, name) - {name}
        for other in sorted(others, key=self._depth):
            program = program_beside(self.assignment, name, other, parts, self.names)
            answers = self.sandbox.run(program, [case.call for case in exercise.cases])
            runs = dict(zip(exercise.cases, answers, strict=True))
            if Attempt.of(exercise, parts[name], runs, self._editions(exercise)).passed:
                return other
        return None
