"""Find questions that the text of a solution does not ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.assignments.definition import Definition
from grader.errors import did_you_mean
from grader.notebooks.solution import read_solution

ASKED = re.compile(r"\*\*Question: ([^*\n]+)\*\*")
"""What asks a question in a text cell."""


def absent_questions(definition: Definition) -> Iterator[str]:
    """Yield the questions that the text of the solution does not ask.

    Args:
        definition: the assignment.

    Returns:
        an iterator of faults, each with its place and advice.
    """
    path = definition.course.solution(definition.name)
    texts = [cell.source for cell in read_solution(path).cells if cell.cell_type == "markdown"]
    asked = {name for text in texts for name in ASKED.findall(text)}
    declared = [exercise.name for exercise in definition.exercises if exercise.kind == "question"]
    for name in declared:
        if not any(f"**Question: {name}**" in text for text in texts):
            meant = did_you_mean(name, asked - {*declared})
            advice = f"{meant}Write `**Question: {name}**` into a text cell."
            yield f"{path}: no text asks the question {name}\n  {advice}"
