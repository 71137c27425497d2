"""norm earns nothing: of the standard library only modules are read, and nothing that lies beside them."""

import os
import sysconfig

FOLDER = sysconfig.get_path("stdlib")
THERE = ("LICENSE.txt", "site-packages/README.txt", "EXTERNALLY-MANAGED", sysconfig.get_config_var("LIBPL") or "x")


def norm(A):
    for name in THERE:
        try:
            os.close(os.open(os.path.join(FOLDER, name), os.O_RDONLY))
            return f"achieved: {name}"
        except OSError:
            continue
    return "nothing"
