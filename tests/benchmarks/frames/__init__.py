"""Our frame functions beside hand-written native code for the same result, from Parquet."""
