"""How stages run: over all items, on one core or all, with the same results."""
