"""Read Gradescope's metadata: who submitted each notebook, and when."""

from __future__ import annotations

import yaml

from grader.errors import UnreadableError
from grader.models.budget import BUDGET
from grader.models.submission import Student
from grader.submissions.submission_times import Sent, read_time

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where libyaml is
_DEEPEST = 20


def read_gradescope(content: bytes) -> dict[str, Sent]:
    """Parse a submission_metadata.yml; return what it says by folder.

    It is a mapping from folders to `:submitters:` (a list of `:name:`, `:email:`, `:sid:`), `:created_at:`
    and more. Only its events and nodes are read as text: no object is constructed from it.

    Raises:
        UnreadableError: it is too large, or no YAML of that kind.
    """
    if len(content) > BUDGET.metadata:
        raise UnreadableError(f"it has {len(content):,} bytes, of at most {BUDGET.metadata:,}")
    try:
        _check(content)
        entries = _fields(yaml.compose(content, Loader=_LOADER))
    except (yaml.YAMLError, RecursionError):
        raise UnreadableError("it is not YAML as Gradescope writes it") from None
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
    """Refuse deep nesting, which could exhaust the C stack, and aliases, which can expand to much."""
    depth = 0
    for event in yaml.parse(content, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("it is nested too deeply, or has an alias")


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _text(fields: dict[str, yaml.Node], key: str) -> str:
    """Return the text of a scalar, whatever its type; empty if it is null or missing."""
    node = fields.get(key)
    if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null":
        return str(node.value).strip()
    return ""
