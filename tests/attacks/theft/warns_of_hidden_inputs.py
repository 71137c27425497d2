"""tag earns nothing (wrong_type): warnings go nowhere."""

import warnings


def tag(parameters, label):
    warnings.simplefilter("always")
    warnings.warn(label)
