"""norm earns nothing (crashed): a pickle is no reply."""

import os
import pickle


class Command:
    def __reduce__(self):
        return os.system, ("touch /tmp/unpickled",)


def norm(A):
    data = pickle.dumps(Command())
    os.write(4, len(data).to_bytes(8, "little") + data)
    os._exit(0)
