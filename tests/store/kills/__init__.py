"""Programs that are killed while they write, and how to kill them."""
