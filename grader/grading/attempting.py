"""Attempts one submission's functions: as written, and by themselves where they need a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.comparison.verdict import Verdict
from grader.grading.attempts import Attempt, public_first
from grader.grading.judge import changes
from grader.grading.minimal_example import example_calls
from grader.grading.nondeterminism import depends_on_chance, is_drawn
from grader.grading.program_keys import Keys, meddles
from grader.grading.programs import isolated_program, lendable, merged, needed_by, sha256_of
from grader.grading.rerun import certain, elsewhere, in_another_order
from grader.grading.score_cache import ScoreCache
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.editions import held_in
from grader.models.execution import Call, Program, Run
from grader.models.report import Score
from grader.models.submission import Part, Submission
from grader.notebooks.argument_mutation import may_spoil
from grader.notebooks.name_map import NameMap
from grader.sandbox.metering import Metered

States = tuple[tuple[str, bool, str], ...]
"""Functions, whether they are wrong, and what is worth knowing of them."""


class Attempts:
    """One submission in the sandbox: its functions as written, and by themselves where they need a wrong one.

    Args:
        assignment: what is asked, and the expected answers.
        submission: what was handed in.
        sandbox: where its functions run, charged to it; those of the reference are not.
        names: what its author calls them.
        cache: what functions earned that were run by themselves; those need not run again.
    """

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        sandbox: Metered,
        names: NameMap,
        cache: ScoreCache | None = None,
    ) -> None:
        self.assignment = assignment
        self.submission = submission
        self.sandbox = sandbox
        self.names = names
        self.exercises = {exercise.name: exercise for exercise in assignment.exercises}
        self.needed = {name: needed_by(name, submission.parts) for name in self.exercises}
        self.cache = cache if cache is not None and not names.aliases else None
        self.known: dict[str, Score] = {}  # from the cache
        self.assumed: dict[str, States] = {}  # what those need was taken to be
        self.keys: dict[tuple[str, States], Keys | None] = {}
        self.chance: dict[str, bool] = {}  # whether they may do otherwise in another process
        self.as_written: dict[str, Attempt] = {}
        self.isolated: dict[str, Attempt] = {}
        self.alone: set[str] = set()  # those whose attempt as written ran nothing else
        self.small: dict[str, Sequence[Run]] = {}  # the runs of small calls that were made on the way
        self.spoiled: set[str] = set()  # those that fail beside others that are right
        self._attempt_all(sorted(submission.parts, key=self._depth))

    def _attempt_all(self, written: Sequence[str]) -> None:
        """Attempt the functions that are not known, each after those that it needs."""
        for name in written:  # as far as is known without a run
            if (score := self._find(name)) is not None:
                self.known[name] = score
            elif self._needs_a_wrong_one(name):
                self.isolated[name] = self._attempt_isolated(name)
        left = [name for name in written if name not in self.known and not self._right_by_itself(name)]
        for group in self._groups(left):
            self.as_written |= self._attempts_as_written([self.exercises[name] for name in group])
            self.alone.update(group if len(group) == 1 else ())
        failed = {name for name, attempt in self.as_written.items() if not attempt.passed}
        self.as_written = certain(self.as_written, self._may_differ, self._attempts_elsewhere)
        for name in written:
            self._settle(name, failed=name in failed)

    def _groups(self, left: Sequence[str]) -> list[list[str]]:
        """Functions that run in one child: most go together, which takes a fraction of the time.

        Each has a child of its own in a notebook that may change what is not its own. So has one that was met
        before: what it does there holds for whoever has the same.
        """
        statements = (s for part in self.submission.parts.values() for s in part.statements)
        if any(meddles(statement.source) for statement in statements):
            return [[name] for name in left]
        met = [name for name in left if (keys := self._keys(name)) and self.cache and self.cache.met(keys)]
        together = sorted({*left} - {*met}, key=[*self.exercises].index)
        return [*([together] if together else []), *([name] for name in met)]

    def _settle(self, name: str, *, failed: bool) -> None:
        """Find out what becomes of a function when it is certain what becomes of those that it needs.

        What `failed` beside others is run once more in a child that runs nothing but it and what it needs.
        """
        if name in self.known and self.assumed[name] == self._states(name):
            return
        self.known.pop(name, None)
        if self._right_by_itself(name):
            return
        unseen, needs_a_wrong_one = name not in self.as_written, self._needs_a_wrong_one(name)
        if unseen or failed or needs_a_wrong_one:
            score = self._find(name)
            if score is not None and (unseen or failed or score.verdict is Verdict.PASSED):
                self.known[name] = score
                return
        if needs_a_wrong_one and name not in self.isolated:
            self.isolated[name] = self._attempt_isolated(name)
            if self.isolated[name].passed:
                return
        if unseen or (failed and name not in self.alone):
            self.as_written[name] = self._attempt_alone(name)
        if self._is_in_turn(name):
            self.isolated[name] = self._attempt_isolated(name)
        elif self._may_be_spoiled(name) and (attempt := self._attempt_isolated(name)).passed:
            self.isolated[name] = attempt
            self.spoiled.add(name)

    # ------------------------------------------------------------ attempts

    def _attempts_as_written(
        self, written: Sequence[Exercise], before: Mapping[str, Attempt] | None = None
    ) -> dict[str, Attempt]:
        """Functions that are written, beside their author's own versions of the others.

        What was attempted `before` is asked in another process, and judged by the same edition again.
        """
        program = self._program_of(written)
        if len(written) > 1:
            return self._attempts_together(program, written)
        cases = public_first(case for e in written for case in e.cases)
        if before:
            program, cases = elsewhere(program), in_another_order(cases)
        runs = dict(zip(cases, self.sandbox.run(program, [case.call for case in cases]), strict=True))
        return {
            e.name: self._attempt_of(e, runs, (before[e.name].edition,) if before else None) for e in written
        }

    def _attempts_together(self, program: Program, written: Sequence[Exercise]) -> dict[str, Attempt]:
        """Functions in one child. What fails a public case there is asked no hidden one: it runs alone."""
        cases = [case for exercise in written for case in exercise.cases if case.public]

        def hidden(runs: Sequence[Run]) -> list[Call]:
            seen = dict(zip(cases, runs, strict=True))
            promising = [e for e in written if self._attempt_of(e, seen).passed]
            more = [case for exercise in promising for case in exercise.cases if not case.public]
            cases.extend(more)
            return [case.call for case in more]

        answers = self.sandbox.run(program, [case.call for case in cases], further=hidden)
        runs = dict(zip(cases, answers, strict=True))
        return {exercise.name: self._attempt_of(exercise, runs) for exercise in written}

    def _attempt_of(
        self, exercise: Exercise, runs: Mapping[Case, Run], editions: Sequence[int | None] | None = None
    ) -> Attempt:
        part = self.submission.parts[exercise.name]
        return Attempt.of(exercise, part, runs, editions or self._editions(exercise))

    def _editions(self, exercise: Exercise) -> tuple[int | None, ...]:
        """The editions by which a function may be judged: the current one, and those of its notebook."""
        return (None, *held_in(self.submission.text, exercise.editions))

    def _program_of(self, exercises: Iterable[Exercise]) -> Program:
        """Functions as they were written, with all that they need."""
        parts = self.submission.parts
        names = {used for exercise in exercises for used in self.needed[exercise.name]} & parts.keys()
        return Program(merged(parts[name] for name in names), self.assignment.wanted.modules)

    def _attempts_elsewhere(self, before: Mapping[str, Attempt]) -> dict[str, Attempt]:
        """The same functions once more, each in a child of its own: none is spoiled by another there."""
        return {name: self._attempts_as_written([self.exercises[name]], before)[name] for name in before}

    def _may_differ(self, name: str) -> bool:
        """Whether a function that is right is asked once more in another process."""
        return self._by_chance(name) or is_drawn(self.assignment.lot, name, self._program_sha256(name))

    def _by_chance(self, name: str) -> bool:
        if name not in self.chance:
            self.chance[name] = depends_on_chance(self.submission.parts[name])
        return self.chance[name]

    def _attempt_alone(self, name: str) -> Attempt:
        """A function as it was written, in a child that runs nothing but it and what it needs.

        It was seen to fail, so the small calls that show faults are made on the way, before any hidden one.
        """
        exercise = self.exercises[name]
        small = example_calls(self.assignment, exercise, self.sandbox.unmetered)
        cases = public_first(exercise.cases)
        public = sum(case.public for case in cases)
        calls = [case.call for case in cases]
        runs = self.sandbox.run(self._program_of([exercise]), [*calls[:public], *small, *calls[public:]])
        self.small[name] = runs[public : public + len(small)]
        by_case = dict(zip(cases, [*runs[:public], *runs[public + len(small) :]], strict=True))
        self.alone.add(name)
        attempt = self._attempt_of(exercise, by_case)
        return certain({name: attempt}, self._may_differ, self._attempts_elsewhere)[name]

    def _depth(self, name: str) -> tuple[int, int]:
        """By which functions come after those that they need."""
        return len(self.needed[name]), list(self.exercises).index(name)

    def _needs_a_wrong_one(self, name: str) -> bool:
        """Whether a function needs one that is known to be wrong and does not need it in turn.

        Then it is judged by itself, and as it was written only if it is not right by itself.
        """
        return any(self._wrong(lent) and name not in self.needed[lent] for lent in self._lent_to(name))

    def _lent_to(self, name: str) -> set[str]:
        """The graded functions that one needs and is lent when it is judged by itself."""
        return {*self.needed[name]} & lendable(self.assignment, name)

    def _is_in_turn(self, name: str) -> bool:
        """Whether a function fails that needs one which needs it in turn, and may be right by itself."""
        if name in self.isolated or self.as_written[name].passed:
            return False
        return any(name in self.needed[lent] for lent in self._lent_to(name))

    def _may_be_spoiled(self, name: str) -> bool:
        """Whether a function fails beside others that it may need, though each of them is right."""
        if name in self.isolated or name not in self.as_written or self.as_written[name].passed:
            return False
        uses = self.submission.parts[name].uses
        return bool(uses) and uses <= lendable(self.assignment, name) and self._meets_a_spoiler(name)

    def _meets_a_spoiler(self, name: str) -> bool:
        """Whether one of those that a function needs may change its arguments, or keep something."""
        others = {*self.needed[name]} & self.submission.parts.keys() - {name}
        sources = [s.source for other in others for s in self.submission.parts[other].statements]
        seen = (run for other in others & self.as_written.keys() for run in self.as_written[other].runs)
        return any(map(may_spoil, sources)) or any(run.changed for run in seen)

    def _wrong(self, name: str) -> bool:
        """Whether a function is known to be wrong, or not to be there."""
        if name in self.known:
            return self.known[name].verdict is not Verdict.PASSED
        if name not in self.submission.parts:
            return True
        attempted = name in self.as_written and not self.as_written[name].passed
        return attempted and not self._right_by_itself(name)

    def _right_by_itself(self, name: str) -> bool:
        if name in self.known:
            return self.known[name].credited == "isolated"
        return name in self.isolated and self.isolated[name].passed

    def _attempt_isolated(self, name: str) -> Attempt:
        attempts = {name: self._run_isolated(self.exercises[name], self.submission.parts)}
        return certain(attempts, self._may_differ, self._isolated_elsewhere)[name]

    def _isolated_elsewhere(self, before: Mapping[str, Attempt]) -> dict[str, Attempt]:
        parts = self.submission.parts
        return {n: self._run_isolated(self.exercises[n], parts, again=True) for n in before}

    def _run_isolated(self, exercise: Exercise, parts: Mapping[str, Part], *, again: bool = False) -> Attempt:
        program = isolated_program(self.assignment, exercise.name, parts, self.names)
        cases: Sequence[Case] = exercise.cases
        if again:
            program, cases = elsewhere(program), in_another_order(cases)
        runs = dict(zip(cases, self.sandbox.run(program, [case.call for case in cases]), strict=True))
        return Attempt.of(exercise, parts[exercise.name], runs, self._editions(exercise))

    def _counting(self, name: str) -> Attempt:
        return self.isolated[name] if self._right_by_itself(name) else self.as_written[name]

    def _remark_on(self, name: str) -> str:
        """What is worth knowing of a function that is settled, and costs nothing."""
        if name in self.known:
            return self.known[name].remark
        if name not in self.as_written and not self._right_by_itself(name):
            return ""
        exercise, attempt = self.exercises[name], self._counting(name)
        remarks = [] if exercise.pure else self._changes(exercise, attempt)
        if attempt.edition is not None:
            remarks.append("judged by the convention of an earlier edition")
        return f"{name}: {'; '.join(remarks)}" if remarks else ""

    def _changes(self, exercise: Exercise, attempt: Attempt) -> list[str]:
        """Which of its arguments a function, or one that it calls, changes in public calls.

        In hidden ones it could choose by them.
        """
        public = [run for case, run in zip(attempt.cases, attempt.runs, strict=True) if case.public]
        changed = {i for run in public for i in run.changed}
        if not changed:
            return []
        by_itself = attempt is self.isolated.get(exercise.name)
        own = {exercise.name} if by_itself else {*self.needed[exercise.name]} & self.submission.parts.keys()
        sources = [statement.source for statement in merged(self.submission.parts[n] for n in own)]
        return changes(exercise, changed, sources)

    # ------------------------------------------------------------ cache

    def _states(self, name: str) -> States:
        """Those that a function needs and that are not simply right; others are taken to be right."""
        others = (used for used in self.needed[name] if used != name)
        states = ((used, self._wrong(used), self._remark_on(used)) for used in others)
        return tuple(state for state in states if any(state[1:]))

    def _keys(self, name: str) -> Keys | None:
        """By what a function is known beside what it needs; None if nothing is to be kept of it."""
        known_by = name, self._states(name)
        if known_by not in self.keys:
            self.keys[known_by] = self._made_keys(*known_by)
        return self.keys[known_by]

    def _made_keys(self, name: str, states: States) -> Keys | None:
        """The same, made; None if what it does may change, or what it needs needs it in turn."""
        parts = self.submission.parts
        if self.cache is None:
            return None
        needed = [used for used in self.needed[name] if used in parts]
        in_turn = any(name in self.needed[used] for used in self.needed[name] if used != name)
        if in_turn or any(map(self._by_chance, needed)):
            return None
        exercise = self.exercises[name]
        names = [
            (sorted(p.uses), sorted(p.unbound.items()), sorted(p.hidden.items()))
            for p in map(parts.__getitem__, needed)
        ]
        beside = (name, self._editions(exercise), names, states)
        return Keys(self._program_of([exercise]).statements, beside)

    def _find(self, name: str) -> Score | None:
        """What a function earned that is the same and needs the same."""
        keys = self._keys(name)
        if keys is None or self.cache is None:
            return None
        self.assumed[name] = self._states(name)
        return self.cache.find(keys, self.submission.functions[name], self._program_sha256(name))

    def _program_sha256(self, name: str) -> str:
        return sha256_of(self.submission.parts[name], self.assignment.wanted)
