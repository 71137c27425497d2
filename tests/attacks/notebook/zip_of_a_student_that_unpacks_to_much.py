"""It is unreadable: a student's zip of a few hundred kilobytes unpacks to three hundred megabytes."""
import io
import zipfile


def make(folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(16):
            archive.writestr(f"{number}.ipynb", b"{" + b" " * (19 << 20))
    (folder / "ada").mkdir()
    (folder / "ada" / "work.zip").write_bytes(packed.getvalue())
    return folder
