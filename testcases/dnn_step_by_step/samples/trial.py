dA_previous, _, _ = linear_backward(*linear_backward_test_case())
L_model_backward(*L_model_backward_test_case())
