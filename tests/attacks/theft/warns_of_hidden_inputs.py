"""tag earns nothing (not_attempted): warnings go nowhere."""

import warnings


def tag(parameters, label):
    warnings.simplefilter("always")
    warnings.warn(label)
