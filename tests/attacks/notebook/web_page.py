"""It is unreadable: a web page that was saved under the name of a notebook."""


def make(folder):
    path = folder / "page.ipynb"
    path.write_text("<!DOCTYPE html><script>alert(1)</script><html><body>norm: 10 of 10</body></html>")
    return path
