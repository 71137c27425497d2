"""The documentation as a site: its pictures and sample pages are current, and it works from a disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
import sample_class
import screenshots
from accessibility import violations
from browser import SCHEMES
from PIL import Image

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
PAGES = sorted(page.name for page in DOCS.glob("*.md"))
PHOTOGRAPHS = sorted(path.name for path in screenshots.IMAGES.glob("*.png"))
LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?([^\"'\s>]+)|<link\b[^>]*\bhref=[\"']?([^\"'\s>]+)"
)
ELSEWHERE = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//")
SEARCH = """<script>
addEventListener("load", () => setTimeout(async () => {
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  document.querySelector("label[for=__search]").click();
  await wait(500);
  const found = [...document.querySelectorAll("*")].find((element) => element.shadowRoot).shadowRoot;
  const box = found.querySelector("input");
  box.value = "%s";
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await wait(2000);
  document.body.textContent = [...found.querySelectorAll("a")].map((link) => link.href).join(" ");
}, 500));
</script>"""

pytestmark = pytest.mark.xdist_group("site")  # the class is graded once
needs_chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="it needs Chromium")


@dataclass(frozen=True)
class SampleClass:
    """A class that was graded: where, and the table that `grade` printed."""

    folder: Path
    table: str


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> SampleClass:
    folder = tmp_path_factory.mktemp("class")
    return SampleClass(folder, sample_class.grade_class(folder))


@pytest.fixture(scope="module")
def site(graded: SampleClass, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `tox run -e docs` does."""
    pytest.importorskip("zensical")
    home = tmp_path_factory.mktemp("checkout")
    shutil.copytree(DOCS, home / "docs", ignore=shutil.ignore_patterns("sample", "__pycache__"))
    for name in ("zensical.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, home)
    sample_class.write_sample(graded.folder, home / "docs/sample")
    build = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    built = subprocess.run(build, cwd=home, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return home / "site"


def navigation(entries: list[dict[str, object]] = SITE["nav"]) -> Iterator[str]:
    for entry in entries:
        for target in entry.values():
            yield from [target] if isinstance(target, str) else navigation(target)


def test_each_page_is_in_the_navigation_once():
    assert sorted(navigation()) == sorted([*PAGES, "sample/class.html", "sample/feedback.html"])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_pictures_that_are_there(page):
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (DOCS / page).read_text(encoding="utf-8"))
    assert not [path for path in shown if not (DOCS / path).exists()]


@pytest.mark.parametrize("name", ["check", "grade"])
def test_a_drawing_is_what_a_command_prints(name, graded):
    if "isolation: full." not in graded.table:
        pytest.skip("the drawings are of a machine with all layers")
    current = screenshots.drawings(graded.folder, graded.table)[name]
    assert (screenshots.IMAGES / f"{name}.svg").read_text(encoding="utf-8") == current, (
        "Run: python docs/screenshots.py"
    )


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_is_of_what_its_page_says(name, graded):
    page = screenshots.parts(graded.folder)[name.removesuffix(".png")]
    with Image.open(screenshots.IMAGES / name) as picture:
        shown = picture.text[screenshots.SHOWS]
    assert shown == screenshots.digest(page), "Run: python docs/screenshots.py"


@needs_chromium
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_taken_now_has_the_size_of_the_one_that_is_shown(name, graded, tmp_path):
    page = screenshots.parts(graded.folder)[name.removesuffix(".png")]
    screenshots.photograph(page, screenshots.WIDTHS[name.removesuffix(".png")], tmp_path / name)
    with Image.open(tmp_path / name) as taken, Image.open(screenshots.IMAGES / name) as shown:
        assert taken.width == shown.width
        assert taken.height == pytest.approx(shown.height, rel=0.1)  # fonts differ
        assert len(taken.getcolors()) > 10


@pytest.mark.parametrize("name", ["class", "feedback"])
def test_a_sample_page_is_reached_from_every_page(name, site):
    assert (site / f"sample/{name}.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    for page in PAGES:
        html = (site / page).with_suffix(".html").read_text(encoding="utf-8")
        assert f'href="./sample/{name}.html"' in html


@pytest.mark.parametrize("name", ["class.html", "feedback.html"])
def test_a_sample_page_is_accessible_and_its_links_lead_somewhere(name, graded, tmp_path, browser):
    sample_class.write_sample(graded.folder, tmp_path)
    page = (tmp_path / name).read_text(encoding="utf-8")
    found = browser.show(page, violations, schemes=SCHEMES)
    assert {view: problems for view, problems in found.items() if problems} == {}
    links = [unquote(link.partition("#")[0]) for link in re.findall(r'href="([^"#][^"]*)"', page)]
    assert [link for link in links if not (tmp_path / link).exists()] == []


def test_no_page_loads_anything_from_elsewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(PAGES)
    for page in pages:
        loaded = ["".join(found) for found in LOADED.findall(page.read_text(encoding="utf-8"))]
        assert not [path for path in loaded if re.match(r"(https?:)?//", path)], page.name
    for sheet in site.rglob("*.css"):
        assert not ELSEWHERE.search(sheet.read_text(encoding="utf-8")), sheet.name


@needs_chromium
@pytest.mark.parametrize(
    ("word", "page"),
    [
        pytest.param("landlock", "security.html", id="a word of one page"),
        pytest.param("late", "faq.html", id="a question"),
    ],
)
def test_the_search_of_a_site_on_a_disk_finds(word, page, site):
    index = (site / "index.html").read_text(encoding="utf-8")
    asked = site / f"{word}.html"
    asked.write_text(index.replace("</body>", f"{SEARCH % word}</body>"), encoding="utf-8")
    command = [*screenshots.CHROMIUM, "--virtual-time-budget=8000", "--dump-dom", asked.as_uri()]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert f"/{page}" in ended.stdout
