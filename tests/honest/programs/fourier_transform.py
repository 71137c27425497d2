"""There and back through the frequencies."""
import numpy as np


def double(x):
    return np.fft.ifft(np.fft.fft(2 * x)).real
