"""How long the join of a data set of millions of statements takes, and in how much memory."""
