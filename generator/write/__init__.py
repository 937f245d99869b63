"""The write stage: a built site in, the output folder brought to it in one step; one build of a site at a time."""

from generator.write.publication import publish, publishing

__all__ = ["publish", "publishing"]
