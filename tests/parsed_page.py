"""A page of HTML taken apart, its nesting checked."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "col"}


class Page(HTMLParser):
    """What a browser makes of a page: elements with their attributes, and text; checks the nesting."""

    def __init__(self, source):
        super().__init__()
        self.elements = []
        self.texts = []
        self.open = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.attributes = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)

    @property
    def tags(self):
        return [tag for tag, _ in self.elements]

    @property
    def frame(self):
        """The elements that do not depend on how source code is highlighted."""
        return [element for element in self.elements if element[0] != "span"]
