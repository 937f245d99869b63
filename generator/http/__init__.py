"""HTTP as a client: requests in, replies out, within bounds."""
