"""The page of a student's notebook is inert, and what is theirs in it never looks like ours."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from notebook_pages import Page, code, markdown, page_of, shows

OURS = re.compile(r' id="(?:mend|main|cell-\d+|of-\w+)"')
PICTURE = base64.b64encode(b"\x89PNG").decode()
ATTACK = '<img src=x onerror="alert(1)"><script>alert(1)</script>'


def test_a_page_shows_text_code_plain_outputs_and_remarks() -> None:
    trace = {"output_type": "error", "traceback": ["\x1b[31mline 1", "line 2"]}
    page = page_of(
        markdown("# Title"),
        code(
            "x = 1",
            {"output_type": "stream", "name": "stdout", "text": ["a < ", "b"]},
            trace,
            shows(image_png=PICTURE),
            shows(text_plain="array([1])", text_html=ATTACK),
        ),
        markdown("$W^{[1]}_{a}$ is $a_1 * b * c$"),
    )
    assert page.count("<h1>") == 1  # the page's own
    for part in (
        "Title</h2>",
        "a &lt; b",
        "line 1\nline 2",
        "array([1])",
        "<mi>W</mi>",
        "<mo>*</mo><mi>b</mi>",
    ):
        assert part in page
    assert f'src="data:image/png;base64,{PICTURE}"' in page
    assert [text.split()[3:5] for text in Page(page).remarks] == [
        ["Feedback:", "7.5"],
        ["model", "✓"],
        ["backward", "✗"],
    ]


def test_markdown_that_keeps_a_parser_busy_is_shown_as_it_is_written_and_the_page_says_so() -> None:
    page = page_of(markdown("<div>" * 100_000), code("x = 1"), work_seconds=1)
    assert "to make a page of them takes more than 1 s or 512 MB" in page
    assert "&lt;div&gt;&lt;div&gt;" in page
    assert len(Page(page).remarks) == 3


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(markdown(ATTACK), id="HTML in Markdown"),
        pytest.param(
            markdown("[a](javascript:alert(1)) <a href='java&#115;cript:alert(1)'>b</a>"), id="a link"
        ),
        pytest.param(markdown("<style>*{display:none}</style><p style='position:fixed'>x</p>"), id="styles"),
        pytest.param(markdown("![a](http://example.org/a.png)"), id="a picture elsewhere"),
        pytest.param(
            markdown("<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>"), id="SVG"
        ),
        pytest.param(markdown("<iframe src=http://example.org></iframe><form action=x><input>"), id="frames"),
        pytest.param(markdown("<meta http-equiv=refresh content='0;url=x'><base href=x>"), id="meta"),
        pytest.param({"cell_type": "raw", "metadata": {"format": "text/html"}, "source": ATTACK}, id="raw"),
        pytest.param({"cell_type": ATTACK, "metadata": {}, "source": ATTACK}, id="a cell of its own kind"),
        pytest.param(code("x", shows(text_html=ATTACK)), id="HTML output"),
        pytest.param(code("x", shows(application_javascript="alert(1)")), id="JavaScript output"),
        pytest.param(code("x", shows(**{"image_svg+xml": f"<svg>{ATTACK}</svg>"})), id="SVG output"),
        pytest.param(code("x", shows(text_latex=ATTACK, text_markdown=ATTACK)), id="other markup"),
        pytest.param(code("x", shows(image_png='x" onerror="alert(1)')), id="a picture that is none"),
        pytest.param(code("x", shows(text_plain=ATTACK)), id="plain text"),
        pytest.param(code(ATTACK), id="code"),
        pytest.param(
            code("x", {"output_type": "stream", "text": f"\x1b[31m{ATTACK}"}), id="a coloured stream"
        ),
        pytest.param(code("x", {"output_type": "error", "traceback": [ATTACK, 5]}), id="a traceback"),
        pytest.param(code("x", 5, None, {"output_type": []}, {"data": {"text/plain": 5}}), id="no outputs"),
        pytest.param(
            code("x") | {"outputs": 5, "execution_count": ATTACK, "metadata": ATTACK}, id="odd fields"
        ),
        pytest.param(
            markdown("![a](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": ATTACK}}),
            id="attachment",
        ),
        pytest.param(markdown("![a](attachment:none.png)"), id="an attachment that is not there"),
        pytest.param(markdown("![a](&#97;ttachment:a.png)"), id="an attachment in disguise"),
    ],
)
def test_nothing_of_a_students_works_on_a_page(cell: dict[str, Any]) -> None:
    page = page_of(cell, code("x = 1"))
    tags = re.findall(r"<[^>]*>", OURS.sub("", page.partition("<body>")[2]))
    assert not [tag for tag in tags if re.match(r"<(script|style|svg|iframe|form|input|meta|base|link)", tag)]
    assert not [tag for tag in tags if re.search(r"\s(on\w+|id)=|javascript:|src=\"(?!data:)", tag)]
    assert len(Page(page).remarks) == 3


@pytest.mark.parametrize("scheme", ["data", "DATA", " data", "\x01data", "da\tta"])
def test_a_link_holds_no_page_of_its_own(scheme: str) -> None:
    page = page_of(markdown(f"<a href='{scheme}:text/html,x'>a</a>"), code("x = 1"))
    assert "text/html" not in page


def test_cells_are_numbered_and_keep_what_jupyter_wrote_beside_them() -> None:
    page = page_of(markdown("text"), code("x = 1") | {"execution_count": 18}, code("y = 2"))
    for part in ("Cell 1, as", "In [18] · Cell 2, as", "In [ ] · Cell 3, as"):
        assert f">{part} it was handed in</p>" in page


def test_a_box_at_the_top_leads_to_the_remark_on_what_is_wrong() -> None:
    page = page_of(markdown("text"), code("x = 1"))
    assert "One thing to mend" in page
    assert 'href="#of-backward"' in page
    assert '<aside class="remark" id="of-backward"' in page


def test_only_what_may_be_wider_than_a_telephone_can_be_focused() -> None:
    wide = "$" + "W = A + b \\quad " * 12 + "$"
    page = page_of(markdown("$W = A + b$"), markdown(wide), code("x = 1 " * 99))
    assert re.findall(r'tabindex="0" role="group" aria-label="(.*?)"', page) == ["Text of cell 2"]
    assert page.count("tabindex") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("![a net](images/a.png)", "(picture: a net)", id="with words"),
        pytest.param("<img src='images/a.png' style='width:9em'>", "(picture)", id="without"),
        pytest.param("<img src='data:image/png;base64,aa'>", 'base64,aa" alt="">', id="one that is there"),
    ],
)
def test_each_picture_has_words(text: str, shown: str) -> None:
    assert shown in page_of(markdown(text), code("x = 1"))
