"""It is unreadable: sixty-four megabytes of blanks in a few kilobytes."""
import zipfile


def make(folder):
    path = folder / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.ipynb", "w") as file:
        for _ in range(16):
            file.write(b" " * (1 << 22))
    return path
