"""The values that stages hand on: frozen, without I/O, known to every room above."""
