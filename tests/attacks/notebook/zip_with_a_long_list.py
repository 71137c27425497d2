"""It is unreadable: the list of what is in a zip would take hundreds of megabytes of memory."""
import struct

ENTRY = b"PK\x01\x02" + bytes(24) + struct.pack("<HHHHHLL", 1, 0, 0, 0, 0, 0, 0) + b"a"


def make(folder):
    entries = ENTRY * 400_000
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entries), 0, 0)
    path = folder / "class.zip"
    path.write_bytes(entries + end)
    return path
