"""`python -m generator`: the same as `hanji`."""

from generator.cli import main

main()
