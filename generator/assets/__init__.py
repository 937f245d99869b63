"""Files that are not pages: static files, styles, images, and HTML made smaller."""
