# %%
def largest(x):
    """The shortest way is the one that is not allowed."""
    return max(x)

# %% [markdown]
# **Question: why** Because `max` has it inside.
