"""What each peer does with a page (``read``) or an address (``check``), for `worker`."""
