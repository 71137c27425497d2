"""It is unreadable: text that is not JSON, with marks that turn it around."""


def make(folder):
    path = folder / "text.ipynb"
    path.write_text("\u202e<script>alert(1)</script>\x1b[2J\x07", encoding="utf-8")
    return path
