"""How a score is computed: plan, run, judge, explain."""
