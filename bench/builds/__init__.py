"""Builds of made-up blogs, timed: `python -m bench.builds` measures, and writes `docs/benchmarks.md`."""
