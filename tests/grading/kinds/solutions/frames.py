# %%
import pandas as pd

# %%


# %%
def by_city(df):
    """Return mean and number for each city."""
    # YOUR CODE STARTS HERE
    table = df.groupby("city")["price"].agg(["mean", "count"])
    # YOUR CODE ENDS HERE
    return table


# %%
def prices(df):
    """Return the highest price of each city."""
    # YOUR CODE STARTS HERE
    best = pd.Series(df.groupby("city")["price"].max())
    # YOUR CODE ENDS HERE
    return best
