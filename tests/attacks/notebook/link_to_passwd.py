"""It is unreadable: a link to a file of the machine."""


def make(folder):
    path = folder / "link.ipynb"
    path.symlink_to("/etc/passwd")
    return path
