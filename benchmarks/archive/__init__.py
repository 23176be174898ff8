"""The archive at a size that few have: a generator, and the times that search takes in it."""
