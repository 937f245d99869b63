"""What is measured by hand: `python -m bench.builds`, and the scripts beside it."""
