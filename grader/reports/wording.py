"""Word verdicts, points and places for students."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence

from grader.comparison import words
from grader.comparison.verdict import Verdict
from grader.models.assignment import KIND
from grader.models.execution import Status
from grader.models.marking import Change, Lateness, Ruling
from grader.models.report import Repair, Report, Score, StoredReport, StoredScore, is_pending, pending
from grader.reports.sanitize import one_line

Wording = words.Wording
WORDINGS = words.WORDINGS
worded = words.worded
"""The words for verdicts, which are those of the public tests."""

MARKED = Wording("✎", "marked by a person", "open")

STATUSES = {
    "graded": "graded",
    "unreadable": "unreadable",
    "failed": "not graded",
    "not_submitted": "not submitted",
}
"""Short names of a submission's statuses."""

NOT_LISTED = "The roster does not say whose it is."
GIST = 140
"""Characters of a text that is to be read at a glance."""
NAMED = 5
"""The number of submissions that one line names."""


def neat(points: float) -> float:
    """Return points as an int if they are whole, else rounded to four places."""
    rounded = round(points, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def marks(points: float | None, max_points: float) -> str:
    """Return the points as text.

    Args:
        points: the points earned, or None.
        max_points: the points that can be earned.

    Returns:
        a text such as `90 of 100`, or `no mark`.
    """
    return "no mark" if points is None else f"{neat(points)} of {neat(max_points)}"


def score_marks(score: Score | StoredScore) -> str:
    """Return the points of a function as text, or that it is excused or a bonus."""
    if score.ruling and score.ruling.excused:
        return "excused"
    bonus = " bonus" if score.bonus else ""
    return marks(score.points, score.max_points) + bonus


def report_marks(report: Report | StoredReport) -> str:
    """Return the points of a submission as text, or that it is excused."""
    if report.ruling and report.ruling.excused:
        return "excused"
    return marks(report.points, report.max_points)


def decisions(ruling: Ruling | None) -> tuple[str, ...]:
    """Return the lines that say who changed a mark and why: adjustments, and the late policy."""
    if ruling is None:
        return ()
    lateness = [late(ruling.lateness)] if ruling.lateness else []
    return (*lateness, *map(change, ruling.changes))


def all_decisions(report: Report | StoredReport) -> tuple[str, ...]:
    """Return the lines on a submission and on its functions, which name them; last what was computed."""
    of_functions = [f"{score.name}: {line}" for score in report.exercises for line in decisions(score.ruling)]
    lines = (*of_functions, *decisions(report.ruling))
    return (*lines, computed(report)) if lines else ()


def computed(report: Report | StoredReport) -> str:
    """Return the sentence with the mark that the notebook earned by itself."""
    ruling = report.ruling
    return f"The notebook itself: {marks(ruling.points, ruling.max_points)}." if ruling else ""


def change(made: Change) -> str:
    """Return what an adjustment did, who made it, when and why, on one line."""
    one = made.adjustment
    match one.action:
        case "excuse":
            did = "Excused"
        case "late-days":
            did = f"{days(one.value)} late accepted"
        case _ if made.after is None:
            did = f"Not applied, as there is no mark for {one.function}: {one.action} {neat(one.value)}"
        case _:
            before = "no mark" if made.before is None else neat(made.before)
            did = f"Adjusted: {before} → {neat(made.after)}"
    return one_line(f"{did} by {one.by} on {one.when[:10]}: {one.because}")


def late(lateness: Lateness) -> str:
    """Return how late work was, and what is taken off for it."""
    accepted = f", {days(lateness.accepted)} accepted" if lateness.accepted else ""
    taken = f"-{neat(100 * lateness.share)} %" if lateness.share else "nothing taken off"
    lost = f" ({neat(-lateness.taken)} points)" if lateness.taken else ""
    return f"{days(lateness.days)} late{accepted}: {taken}{lost}. It was due {lateness.due}."


def days(number: float) -> str:
    """Return a number of days with its noun."""
    return f"{neat(number)} day{'' if number == 1 else 's'}"


def untold(score: Score) -> bool:
    """Return whether a function's mark is unknown here: it needs a wrong one, and there is no reference."""
    return score.cause is not None and score.verdict is not Verdict.PASSED


def of_kind(score: Score) -> bool:
    """Return whether the value of a variable is known to be of the right kind, and nothing else of it."""
    return score.verdict is Verdict.PASSED and {case.id for case in score.cases} == {KIND}


def is_marked(score: Score) -> bool:
    """Return whether this is an answer that a person has marked."""
    return score.verdict is Verdict.TO_BE_MARKED and not is_pending(score)


def verdict_words(score: Score) -> Wording:
    """Return the wording of a function's verdict, or that a person has marked it."""
    return MARKED if is_marked(score) else worded(score.verdict, score.message)


def explanation(score: Score) -> str:
    """Return why a function has its verdict; if it is right by itself, which other one is at fault."""
    if is_marked(score):
        return ""
    spoiled = score.message.startswith(f"{score.cause}, which it needs, ")
    if score.verdict is Verdict.PASSED and score.cause is not None and not spoiled and not of_kind(score):
        return f"{score.cause} is wrong; this function is right by itself and loses nothing."
    return score.message


def spared(report: Report) -> dict[str, tuple[str, ...]]:
    """Return, by function at fault, the functions that fail only because of it and lose nothing."""
    by_cause: dict[str, tuple[str, ...]] = {}
    for score in report.exercises:
        if score.cause and score.verdict is Verdict.PASSED:
            by_cause[score.cause] = (*by_cause.get(score.cause, ()), score.name)
    return by_cause


def cause(name: str, verdict: Verdict, count: int) -> str:
    """Return the sentence on a function at fault.

    Args:
        name: the function.
        verdict: its verdict.
        count: how many functions that use it are right by themselves.

    Returns:
        one sentence.
    """
    faults = {
        Verdict.NOT_ATTEMPTED: "is not written yet",
        Verdict.PASSED: "passes its own tests and spoils another",
    }
    fault = faults.get(verdict, "is wrong")
    if count == 1:
        return f"{name} {fault}; 1 function that uses it is right by itself and loses nothing."
    return f"{name} {fault}; {count} functions that use it are right by themselves and lose nothing."


def is_wrong(score: Score) -> bool:
    """Return whether there is something to mend: it is written, not right, and counts."""
    excused = score.ruling is not None and score.ruling.excused
    return WORDINGS[score.verdict].tone == "bad" and not excused


def helpers_first(scores: Iterable[Score], order: Sequence[str]) -> list[Score]:
    """Return scores in the order in which to mend them: what others need comes first.

    Args:
        scores: the scores of one submission.
        order: the names of the exercises, each after those that it needs.

    Returns:
        the same scores.
    """
    known = {name: position for position, name in enumerate(order)}
    return sorted(scores, key=lambda score: known.get(score.name, len(known)))


def mend_title(count: int) -> str:
    """Return the heading above the functions to mend."""
    known = {1: "One thing to mend", 2: "Two things to mend, in this order"}
    known[3] = "Three things to mend, in this order"
    return known.get(count, f"{count} things to mend: begin with these")


def mend_text(score: Score) -> str:
    """Return in a sentence or two what to mend in a function: where, if one place is known, and why."""
    place = repair_text(score.repair, score.first_line)
    told = place or words.is_about_another(score.hint)
    first = "" if told else _first_sentence(explanation(score), GIST // 2 if score.hint else GIST)
    return " ".join(filter(None, (place, first, one_line(score.hint, GIST))))


def repair_text(repair: Repair | None, first_line: int) -> str:
    """Return in a sentence where one change makes a function right.

    Args:
        repair: the place.
        first_line: the line of its cell on which the function begins.

    Returns:
        the sentence; empty if no one place is known.
    """
    if repair is None:
        return ""
    first, last = (line + first_line - 1 for line in repair.lines)
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{lines.capitalize()}: {repair.says}." if repair.says else f"Look at {lines}."


def _first_sentence(text: str, limit: int) -> str:
    sentence, stop, _ = text.partition(". ")
    line = one_line(f"{sentence}." if stop else sentence, limit)
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def example_lines(score: Score) -> list[tuple[str, str]]:
    """Return the lines of the smallest example, each with its label: `Call`, `Yours`, `Expected`."""
    call, *answers = score.example.split("\n")
    return [*([("Call", call)] if call else []), *map(_labelled, answers)]


def _labelled(line: str) -> tuple[str, str]:
    """Return the label and the text of a line such as `dW, yours: [[2]]`."""
    for label in ("yours", "expected"):
        path, found, text = line.partition(f"{label}: ")
        if found and (not path or path.endswith(", ")):
            return label.capitalize(), f"{path[:-2]} = {text}" if path else text
    return "Yours", line


def place(score: Score) -> str:
    """Return where a function failed, such as `Exercise 7, In [18], line 4`, as far as it is known."""
    line = score.line
    if score.repair and score.status is Status.RETURNED:  # else it is where the definition begins
        line = score.repair.lines[0] + score.first_line - 1
    parts = (("cell", None if score.where else score.cell), ("line", line))
    numbered = [f"{noun} {number}" for noun, number in parts if number is not None]
    return ", ".join([*filter(None, [score.where]), *numbered])


def failing_line(score: Score) -> int | None:
    """Return the line that raised; None if a function returned, or raised in hidden cases alone.

    Of those that raised in hidden cases alone only the place of the definition is known.
    """
    stopped = score.status in {Status.RAISED, Status.SYNTAX_ERROR} and score.cell == score.source_cell
    known = score.status is not Status.RAISED or score.line != score.first_line
    return score.line if stopped and known else None


def stranger(report: Report | StoredReport) -> bool:
    """Return whether a submission is of nobody in the roster."""
    return report.listed is False and report.status != "not_submitted"


def notes(report: Report | StoredReport) -> tuple[str, ...]:
    """Return the notes for an instructor; `report.notes` are those for the student."""
    return (*report.notes, NOT_LISTED) if stranger(report) else report.notes


def strangers(ids: Sequence[str], roster: str, advice: str) -> str:
    """Return a line on submissions of nobody in a roster.

    Args:
        ids: the ids of the submissions.
        roster: the name of the roster.
        advice: what to do about them.

    Returns:
        one line.
    """
    which = "1 submission is" if len(ids) == 1 else f"{len(ids):,} submissions are"
    return one_line(f"{which} of nobody in {roster}: {first_of(ids)}. {advice}")


def first_of(ids: Sequence[str]) -> str:
    """Return the first few ids, and how many more there are."""
    more = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
    return f"{', '.join(ids[:NAMED])}{more}"


def pending_in_words(reports: Iterable[Report | StoredReport], folder: str) -> str:
    """Return the warning that answers wait for a person, with how to mark the first; empty if none does.

    Args:
        reports: the class.
        folder: the results folder.

    Returns:
        the sentences.
    """
    found = [(report.id, name) for report in reports for name in pending(report)]
    if not found:
        return ""
    counts = Counter(name for _, name in found)
    which = "1 answer waits" if len(found) == 1 else f"{len(found):,} answers wait"
    first = shlex.join((folder, *found[0]))
    return (
        f"{which} for a person and count{'s' if len(found) == 1 else ''} nothing yet: "
        f"{first_of([f'{name} ({count:,})' for name, count in counts.items()])}. "
        f"Mark each: grader adjust {first} --points P --because TEXT"
    )


def extended_in_words(ids: Sequence[str], folder: str) -> str:
    """Return the warning that an extension is for nobody who handed in or is in the roster.

    Args:
        ids: whose extensions they are, by course.toml.
        folder: the results folder.

    Returns:
        the sentences.
    """
    return (
        f"course.toml extends the due date for {first_of(ids)}, of whom {folder} knows nothing. "
        "Write the ids as the table of the class has them, and grade again."
    )


def summary(report: Report) -> str:
    """Return the result of a submission in one sentence."""
    if report.status == "unreadable":
        return "This file could not be read, so nothing in it was graded."
    if report.status == "failed":
        return "The grader failed on this file. That is the grader's fault, and it is not a mark."
    if report.status == "not_submitted":
        return "Nothing was handed in."
    verdicts = [score.verdict for score in report.exercises]
    questions, open_ones = verdicts.count(Verdict.TO_BE_MARKED), sum(map(untold, report.exercises))
    more = f"; of {open_ones} it cannot be told here yet" if open_ones else ""
    unmarked = len(pending(report))
    more += f"; {unmarked} to be marked by a person" if unmarked else ""
    alike = sum(map(of_kind, report.exercises))
    more += f"; {alike} of the right kind, judged after you submit" if alike else ""
    passed, tested = verdicts.count(Verdict.PASSED) - alike, len(verdicts) - questions
    noun = "function" if tested == 1 else "functions"
    return f"{passed} of {tested} {noun} passed{more}."
