"""It is unreadable: a link in a zip."""
import stat
import zipfile


def make(folder):
    path = folder / "class.zip"
    member = zipfile.ZipInfo("link.ipynb")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "/etc/passwd")
    return path
