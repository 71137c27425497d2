"""What Gradescope writes beside notebooks of when they were sent and by whom."""

from __future__ import annotations

import yaml

from grader.models.budget import BUDGET
from grader.models.submission import Student
from grader.submissions.sent import Sent, read_time

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where libyaml is
_DEEPEST = 20


def read_gradescope(content: bytes) -> dict[str, Sent]:
    """What a submission_metadata.yml says, by the name of the folder; nothing if it cannot be read.

    It is a mapping from folders to `:submitters:` (a list of `:name:`, `:email:`, `:sid:`), `:created_at:`
    and more. It is parsed, but no object is constructed from it: all that is taken is text.
    """
    if len(content) > BUDGET.metadata:
        return {}
    try:
        _check(content)
        entries = _fields(yaml.compose(content, Loader=_LOADER))
    except (yaml.YAMLError, RecursionError):
        return {}
    return {folder: _sent(_fields(node)) for folder, node in entries.items()}


def _sent(entry: dict[str, yaml.Node]) -> Sent:
    submitters = entry.get(":submitters")
    people = submitters.value if isinstance(submitters, yaml.SequenceNode) else []
    students = (_student(_fields(person)) for person in people)
    return Sent(tuple(student for student in students if student.id), read_time(_text(entry, ":created_at")))


def _student(person: dict[str, yaml.Node]) -> Student:
    name, email, sid = (_text(person, key) for key in (":name", ":email", ":sid"))
    return Student(sid or email or name, name, email)


def _check(content: bytes) -> None:
    """Refuse what no such file has: deep nesting could exhaust the C stack, an alias stands for much."""
    depth = 0
    for event in yaml.parse(content, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("it is nested too deeply, or has an alias")


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _text(fields: dict[str, yaml.Node], key: str) -> str:
    """The text of a scalar, whatever type it would have; empty when it is null or none."""
    node = fields.get(key)
    if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null":
        return str(node.value).strip()
    return ""
