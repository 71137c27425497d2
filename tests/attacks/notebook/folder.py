"""It is unreadable: a folder with the name of a notebook."""


def make(folder):
    path = folder / "folder.zip"
    path.symlink_to(folder, target_is_directory=True)
    return path
