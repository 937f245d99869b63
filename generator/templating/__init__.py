"""The template room: which templates there are, what they see of the site, and Zola's functions and filters."""
