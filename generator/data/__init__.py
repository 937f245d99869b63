"""Data formats to plain values, with the place of what is wrong; what the values mean is the caller's."""
