"""Marks one submission's functions: as written, and by themselves where they need a wrong one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence

from grader import diagnose
from grader.again import certain, elsewhere, in_another_order
from grader.attempts import Attempt
from grader.chance import depends_on_chance, is_drawn
from grader.editions import held_in
from grader.explaining import probes_of, with_more
from grader.failing import Failing
from grader.judging import changes
from grader.meaning import Meaning, meanings, needed_by
from grader.memory import Memory, placed, unplaced
from grader.mistakes import recognise
from grader.model import Assignment, Case, Exercise, Part, Program, Run, Score, Status, Submission
from grader.notebook.names import NameMap
from grader.notebook.scope import defined_names
from grader.probing import Probe, tell
from grader.programs import isolated_program, lendable, merged, program_beside, sha256_of
from grader.sandbox.account import Metered
from grader.scoring import score_of, unwritten
from grader.signature import signature
from grader.telling import told
from grader.verdict import Verdict

ISOLATED = b"isolated"
CHANGED = re.compile(r"the caller's (\w+(?: and \w+)*)")


class Marking:
    """One submission in the sandbox: its functions as written, and by themselves where they need a wrong one.

    Args:
        assignment: what is asked, and the expected answers.
        submission: what was handed in.
        sandbox: where its functions run, charged to it; those of the reference are not.
        names: what its author calls them.
        memory: knows the scores of functions that mean the same; what it knows is not run again.
    """

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        sandbox: Metered,
        names: NameMap,
        memory: Memory | None = None,
    ) -> None:
        self.assignment = assignment
        self.submission = submission
        self.sandbox = sandbox
        self.names = names
        self.exercises = {exercise.name: exercise for exercise in assignment.exercises}
        self.memory = memory
        self.meanings: dict[str, Meaning] = {}
        self.recalled = self._recall()
        self.as_written: dict[str, Attempt] = {}
        self.isolated: dict[str, Attempt] = {}
        self.spoiled: set[str] = set()  # those that fail beside others that are right
        unknown = sorted(submission.parts.keys() - self.recalled.keys(), key=self._depth)
        for name in filter(self._needs_a_wrong_one, unknown):  # as far as is known without a run
            self.isolated[name] = self._attempt_isolated(name)
        left = [e for e in assignment.exercises if e.name in unknown and not self._right_by_itself(e.name)]
        written = self._attempts_as_written(left) if left else {}
        self.as_written = certain(written, self._may_differ, self._attempts_elsewhere)
        for name in unknown:
            if self._isolation_tells(name):
                self.isolated[name] = self._attempt_isolated(name)
            elif self._may_be_spoiled(name) and (attempt := self._attempt_isolated(name)).passed:
                self.isolated[name] = attempt
                self.spoiled.add(name)

    # ------------------------------------------------------------ attempts

    def _attempts_as_written(
        self, written: Sequence[Exercise], before: Mapping[str, Attempt] | None = None
    ) -> dict[str, Attempt]:
        """Functions that are written, beside their author's own versions of the others.

        Public calls come before the first hidden one: their answers are told, and could tell of it. What was
        attempted `before` is asked in another process, and judged by the same edition again.
        """
        program = self._program_of(written)
        cases = sorted((case for e in written for case in e.cases), key=lambda case: not case.public)
        if before:
            program, cases = elsewhere(program), in_another_order(cases)
        runs = dict(zip(cases, self.sandbox.run(program, [case.call for case in cases]), strict=True))
        return {
            e.name: Attempt.of(
                e,
                self.submission.parts[e.name],
                (runs[case] for case in e.cases),
                (before[e.name].edition,) if before else self._editions(e),
            )
            for e in written
        }

    def _editions(self, exercise: Exercise) -> tuple[int | None, ...]:
        """The editions by which a function may be judged: the current one, and those of its notebook."""
        return (None, *held_in(self.submission.text, exercise.editions))

    def _program_of(self, exercises: Iterable[Exercise]) -> Program:
        """Functions as they were written, with all that they need."""
        parts = self.submission.parts
        names = {used for exercise in exercises for used in needed_by(exercise.name, parts)} & parts.keys()
        program = Program(merged(parts[name] for name in names), self.assignment.wanted.modules)
        return self._known_as(program, names)

    def _attempts_elsewhere(self, before: Mapping[str, Attempt]) -> dict[str, Attempt]:
        return self._attempts_as_written([self.exercises[name] for name in before], before)

    def _may_differ(self, name: str) -> bool:
        """Whether a function that is right is asked once more in another process."""
        part = self.submission.parts[name]
        return depends_on_chance(part) or is_drawn(self.assignment.lot, name, self._program_sha256(name))

    def _depth(self, name: str) -> tuple[int, int]:
        """By which functions come after those that they need."""
        return len(needed_by(name, self.submission.parts)), list(self.exercises).index(name)

    def _needs_a_wrong_one(self, name: str) -> bool:
        """Whether a function needs one that is known to be wrong and does not need it in turn.

        Then it is judged by itself, and as it was written only if it is not right by itself.
        """
        parts = self.submission.parts
        return any(self._wrong(lent) and name not in needed_by(lent, parts) for lent in self._lent_to(name))

    def _lent_to(self, name: str) -> set[str]:
        """The graded functions that one needs and is lent when it is judged by itself."""
        return {*needed_by(name, self.submission.parts)} & lendable(self.assignment, name)

    def _can_stand_alone(self, name: str) -> bool:
        """Whether there is a reference to lend a function those that it calls; students have none."""
        return bool(self.assignment.reference.parts) or not self.submission.parts[name].uses

    def _isolation_tells(self, name: str) -> bool:
        """Whether what a function does by itself is still to be seen."""
        if name in self.isolated or not self._can_stand_alone(name):
            return False
        if self._needs_a_wrong_one(name):
            return True
        if self.as_written[name].passed:
            return False
        in_turn = any(name in needed_by(lent, self.submission.parts) for lent in self._lent_to(name))
        return in_turn or self._never_defined

    def _may_be_spoiled(self, name: str) -> bool:
        """Whether a function fails beside others that it may need, though each of them is right."""
        if name in self.isolated or name not in self.as_written or self.as_written[name].passed:
            return False
        uses = self.submission.parts[name].uses
        return bool(uses) and uses <= lendable(self.assignment, name)

    def _spoiler(self, name: str) -> str | None:
        """The one function beside whose reference another is right as it was written; the last one needed."""
        exercise, parts = self.exercises[name], self.submission.parts
        others = {*needed_by(name, parts)} & parts.keys() & lendable(self.assignment, name) - {name}
        for other in sorted(others, key=self._depth):
            program = program_beside(self.assignment, name, other, parts, self.names)
            runs = self.sandbox.run(program, [case.call for case in exercise.cases])
            if Attempt.of(exercise, parts[name], runs, self._editions(exercise)).passed:
                return other
        return None

    def _wrong(self, name: str) -> bool:
        """Whether a function is known to be wrong, or not to be there."""
        if name in self.recalled:
            return self.recalled[name].verdict is not Verdict.PASSED
        if name not in self.submission.parts:
            return True
        attempted = name in self.as_written and not self.as_written[name].passed
        return attempted and not self._right_by_itself(name)

    def _right_by_itself(self, name: str) -> bool:
        return name in self.isolated and self.isolated[name].passed

    @property
    def _never_defined(self) -> bool:
        """Whether the program as a whole was lost before its first call: then all calls share one run.

        A program of which something is known does nothing but define. When one function of it is left, and
        is lost, its calls share a run too.
        """
        if self.recalled:
            return False
        runs = [run for attempt in self.as_written.values() for run in attempt.runs]
        return len(runs) > 1 and all(run is runs[0] for run in runs)

    def _attempt_isolated(self, name: str) -> Attempt:
        attempts = {name: self._run_isolated(self.exercises[name], self.submission.parts)}
        return certain(attempts, self._may_differ, self._isolated_elsewhere)[name]

    def _isolated_elsewhere(self, before: Mapping[str, Attempt]) -> dict[str, Attempt]:
        parts = self.submission.parts
        return {n: self._run_isolated(self.exercises[n], parts, again=True) for n in before}

    def _run_isolated(self, exercise: Exercise, parts: Mapping[str, Part], *, again: bool = False) -> Attempt:
        program = isolated_program(self.assignment, exercise.name, parts, self.names)
        part = parts[exercise.name]
        alone = part.uses <= lendable(self.assignment, exercise.name)
        if alone and parts is self.submission.parts:  # and not a mended one
            program = self._known_as(program, [exercise.name], ISOLATED)
        cases: Sequence[Case] = exercise.cases
        if again:
            program, cases = elsewhere(program), in_another_order(cases)
        runs = dict(zip(cases, self.sandbox.run(program, [case.call for case in cases]), strict=True))
        return Attempt.of(exercise, part, (runs[case] for case in exercise.cases), self._editions(exercise))

    # ------------------------------------------------------------ memory

    def _known_as(self, program: Program, names: Iterable[str], beside: bytes = b"") -> Program:
        """A program with what its functions are known as, and `beside` what they are run."""
        if not self.meanings:
            return program
        own = {name: self.meanings[name].own for name in names}
        known = {name: (of[0] + beside, of[1] + beside) if of else None for name, of in own.items()}
        return dataclasses.replace(program, known_as=known)

    def _recall(self) -> dict[str, Score]:
        """What is known of the functions, by what they mean."""
        chance = any(map(depends_on_chance, self.submission.parts.values()))
        if self.memory is None or chance or self.names.aliases:  # an alias is one more way to a function
            return {}
        modules = self.assignment.wanted.modules.items()
        provided = frozenset(m for m, text in modules if defined_names(text).isdisjoint(self.exercises))
        self.meanings = meanings(self.submission, self.exercises, provided)
        known = {name: self.memory.recall(meaning) for name, meaning in self.meanings.items()}
        return {
            name: placed(score, self.submission, self._program_sha256(name))
            for name, score in known.items()
            if score
        }

    def _remember(self, score: Score) -> None:
        """Keep a score that another run would give again."""
        if self.memory is None or score.name not in self.meanings or score.name in self.recalled:
            return
        attempts = (self.as_written.get(score.name), self.isolated.get(score.name))
        failing = [self._failing(self.exercises[score.name], run) for a in attempts if a for run in a.runs]
        if any(one.tells_places for one in failing if one):
            return  # they are those of this notebook alone
        if all(attempt is None or attempt.lasting for attempt in attempts):
            self.memory.remember(self.meanings[score.name], unplaced(score, self.submission))

    # ------------------------------------------------------------ scores

    def scores(self) -> tuple[Score, ...]:
        """The score of every exercise."""
        scores = self._explained([self._score(exercise) for exercise in self.assignment.exercises])
        for score in scores:
            self._remember(score)
        return tuple(scores)

    def _score(self, exercise: Exercise) -> Score:
        if exercise.name not in self.submission.parts:
            return unwritten(exercise, self.submission.functions[exercise.name], self._advice(exercise))
        if exercise.name in self.recalled:
            return self.recalled[exercise.name]
        sha256, remark = self._program_sha256(exercise.name), self._remark(exercise)
        return dataclasses.replace(self._earned(exercise), program_sha256=sha256, remark=remark)

    def _program_sha256(self, name: str) -> str:
        return sha256_of(self.submission.parts[name], self.assignment.wanted)

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
        recalled = self.recalled[cause].remark if cause in self.recalled else ""
        told = recalled or "; ".join(self._changes(self.exercises[cause]))
        if changed := CHANGED.findall(told):
            return f"changes its {' and '.join(changed)} in place"
        return "passes its own tests but fails here (does it keep something from call to call?)"

    def _counting(self, name: str) -> Attempt:
        return self.isolated[name] if self._right_by_itself(name) else self.as_written[name]

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
        needed = needed_by(name, self.submission.parts)
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
        own = diagnose.hint(outcome, run, case, part, exercise.results) if case.public else ""
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

    def _explained(self, scores: Sequence[Score]) -> list[Score]:
        """The same scores, with what further calls tell of the functions that fail as they were written."""
        probes = {score.name: self._probes(score) for score in scores}
        if not any(probes.values()):
            return list(scores)
        program = self._program_of([self.exercises[name] for name, asked in probes.items() if asked])
        said = iter(tell([probe for asked in probes.values() for probe in asked], program, self.sandbox))
        more = {name: [next(said) for _ in asked] for name, asked in probes.items()}
        return [with_more(score, more[score.name]) for score in scores]

    def _probes(self, score: Score) -> list[Probe]:
        """What to ask a function beyond its cases, if it fails as it was written."""
        name, attempt = score.name, self.as_written.get(score.name)
        if score.verdict is Verdict.PASSED or attempt is None or attempt is not self._telling(name):
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

    def _remark(self, exercise: Exercise) -> str:
        """What is worth knowing of a function, and costs nothing."""
        remarks = [] if exercise.pure else self._changes(exercise)
        if self._counting(exercise.name).edition is not None:
            remarks.append("judged by the convention of an earlier edition")
        return f"{exercise.name}: {'; '.join(remarks)}" if remarks else ""

    def _changes(self, exercise: Exercise) -> list[str]:
        """Which of its arguments a function, or one that it calls, changes in public calls.

        In hidden ones it could choose by them.
        """
        counts, parts = self._counting(exercise.name), self.submission.parts
        public = [run for case, run in zip(counts.cases, counts.runs, strict=True) if case.public]
        changed = {i for run in public for i in run.changed}
        own = {exercise.name} if counts is self.isolated.get(exercise.name) else parts if changed else ()
        return changes(exercise, changed, [s.source for s in merged(parts[name] for name in own)])
