"""A library for plots, imported and not used."""
import matplotlib.pyplot as plt


def double(x, plot=False):
    if plot:
        plt.plot(x)
    return 2 * x
