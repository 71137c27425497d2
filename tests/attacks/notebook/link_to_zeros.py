"""It is unreadable: a link to a device without an end."""


def make(folder):
    path = folder / "zeros.ipynb"
    path.symlink_to("/dev/zero")
    return folder
