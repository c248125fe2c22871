"""When the daily poem is due, and what wakes it."""
