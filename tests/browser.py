"""Shows pages in a headless browser, and measures what it makes of them."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

from samples import HOSTILE

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

WIDTHS = (390, 1280)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

ATTACKS = {
    **{name: text for name, text in HOSTILE.items() if len(text) < 1000},
    "an image": "<img src=x onerror=\"parent.document.title='ran'\">",
    "a script at work": "</pre></style><script>parent.document.title = 'ran'</script>",
    "an attribute at work": '" autofocus tabindex=0 onfocus="parent.document.title=\'ran\'" x="',
    "one long word": "w" * 1500,
}

# Each page stands in a frame of its own width; the harness measures them all once they have loaded.
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><title>quiet</title><body>{frames}<script>
addEventListener("load", () => {{
  const measured = [...document.querySelectorAll("iframe")].map(frame => {{
    const page = frame.contentDocument;
    const attributes = [...page.querySelectorAll("*")].flatMap(element => element.getAttributeNames());
    return {{
      name: frame.name,
      overflows: page.documentElement.scrollWidth > frame.clientWidth,
      scripts: page.querySelectorAll("script, img[src], iframe, object, link, form").length,
      handlers: attributes.filter(name => name.startsWith("on")),
      text: page.body.textContent,
    }};
  }});
  document.body.innerHTML = "<pre></pre>";
  document.body.firstChild.textContent = JSON.stringify({{title: document.title, measured}});
}});
</script>"""


def measured(pages, folder):
    """What a browser says of pages by their names: the title of the harness, and each page at each width."""
    frames = "".join(
        f'<iframe name="{html.escape(name)}" style="border:0; width:{width}px; height:900px"'
        f' srcdoc="{html.escape(page)}"></iframe>'
        for name, page in pages.items()
        for width in WIDTHS
    )
    (folder / "harness.html").write_text(HARNESS.format(frames=frames), encoding="utf-8")
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={folder / 'profile'}", "--window-size=1400,1000", "--virtual-time-budget=5000",
        "--dump-dom", (folder / "harness.html").as_uri(),
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, check=True, timeout=120)
    dumped = ended.stdout.decode()
    return json.loads(html.unescape(re.search(r"<pre>(.*)</pre>", dumped, re.DOTALL)[1]))
