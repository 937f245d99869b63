"""What a build is at, told to who wants to know; unless somebody does, nobody is told."""

from __future__ import annotations


class Watch:
    """Is told what is being done, and takes no notice; what shows or times it is a Watch of its own kind.

    times_templates: wants to know what each template takes, which costs a little.
    """

    times_templates = False

    def begin(self, stage: str) -> None:
        """A stage begins, named as a person knows it (`rendering templates`); the one before it has ended."""

    def advance(self, done: int, total: int) -> None:
        """So many of the stage's items are done."""


UNWATCHED = Watch()
