"""The inputs as notebooks of 2017 import them: that of `compute_cost` has the parameters too."""

from __future__ import annotations

import numpy as np
import testCases_v2
from testCases_v2 import (
    backward_propagation_test_case,
    forward_propagation_test_case,
    initialize_parameters_test_case,
    layer_sizes_test_case,
    nn_model_test_case,
    predict_test_case,
    update_parameters_test_case,
)

__all__ = [
    "backward_propagation_test_case",
    "compute_cost_test_case",
    "forward_propagation_test_case",
    "initialize_parameters_test_case",
    "layer_sizes_test_case",
    "nn_model_test_case",
    "predict_test_case",
    "update_parameters_test_case",
]


def compute_cost_test_case() -> tuple[np.ndarray, np.ndarray, testCases_v2.Parameters]:
    """Return the network's outputs A2 (1, 3), the labels Y (1, 3), and parameters, which do not matter."""
    parameters, _ = update_parameters_test_case()
    return (*testCases_v2.compute_cost_test_case(), parameters)
