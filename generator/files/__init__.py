"""The door to the disk: what is opened, and where hanji keeps what is its own."""
