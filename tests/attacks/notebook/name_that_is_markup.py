"""It is unreadable: a file name that is markup, a formula, or hides what it is."""


def make(folder):
    for name in (
        "<img src=x onerror=alert(1)>", "=1+1", "+cmd|' C calc'!A0", "@SUM(1)", "\x1b[2Jred", "a\nb",
        "\u202egpj", "..", "...", "%2e%2e%2f", "CON", "-rf", "a" * 200, "\u200b", "$(id)", "`id`", "{{7*7}}",
        "[bold]x[bold]",
    ):
        (folder / f"{name}.ipynb").write_text("{}")
    return folder
