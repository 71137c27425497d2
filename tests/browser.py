"""Shows pages in a headless browser, and asks it what it makes of them."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor

from samples import HOSTILE

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

ATTACKS = {
    **{name: text for name, text in HOSTILE.items() if len(text) < 1000},
    "an image": "<img src=x onerror=\"document.title='ran'\">",
    "a script at work": "</pre></style><script>document.title = 'ran'</script>",
    "an attribute at work": '" autofocus tabindex=0 onfocus="document.title=\'ran\'" x="',
    "one long word": "w" * 1500,
}

UNFOLD = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  document.head.append(Object.assign(document.createElement("style"),
    {textContent: "* {content-visibility: visible !important}"}));
}"""
"""Shows all that a reader may come to see."""

SEEN = """() => {
  const attributes = [...document.querySelectorAll("*")].flatMap(element => element.getAttributeNames());
  return {
    scripts: document.querySelectorAll("script, img[src], iframe, object, link, form").length,
    handlers: attributes.filter(name => name.startsWith("on")),
    ran: document.title == "ran",
    text: document.body.textContent,
  };
}"""

OVERFLOWS = "() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"


class Browser:
    """Chromium, in a thread of its own: Playwright leaves an event loop in the thread that started it."""

    def __init__(self, folder):
        from playwright.sync_api import sync_playwright

        self._file = folder / "page.html"
        self._thread = ThreadPoolExecutor(1)
        self._playwright = self._thread.submit(sync_playwright().start).result()
        self._page = self._thread.submit(self._opened).result()

    def _opened(self):
        self._chromium = self._playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        return self._chromium.new_page()

    def show(self, page, question, *, widths=WIDTHS, schemes=("light",), unfolded=True):
        """What `question` finds on a page, by width and colour scheme.

        Args:
            page: the text of a page.
            question: JavaScript for the page, or a function of Playwright's page and the scheme.
            widths: of the window, in pixels.
            schemes: light, dark.
            unfolded: whether all details are open.
        """
        self._file.write_text(page, encoding="utf-8", errors="replace")
        return self._thread.submit(self._asked, question, widths, schemes, unfolded).result()

    def _asked(self, question, widths, schemes, unfolded):
        self._page.goto(self._file.as_uri())
        if unfolded:
            self._page.evaluate(UNFOLD)
        found = {}
        for width in widths:
            self._page.set_viewport_size({"width": width, "height": 900})
            for scheme in schemes:
                self._page.emulate_media(color_scheme=scheme)
                asked = isinstance(question, str)
                answer = self._page.evaluate(question) if asked else question(self._page, scheme)
                found[width, scheme] = answer
        return found

    def walk(self, do, *, javascript=True, width=1280, scheme="light"):
        """What `do` returns of a new page, in which nobody is signed in, as Playwright's page.

        Args:
            do: what a person does there.
            javascript: whether the browser has it.
            width: of the window, in pixels.
            scheme: light or dark.
        """
        return self._thread.submit(self._walked, do, javascript, width, scheme).result()

    def _walked(self, do, javascript, width, scheme):
        context = self._chromium.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        context.set_default_timeout(15_000)
        try:
            return do(context.new_page())
        finally:
            context.close()

    def close(self):
        self._thread.submit(self._chromium.close).result()
        self._thread.submit(self._playwright.stop).result()
        self._thread.shutdown()
