"""One crawl: who owns it, what it finds, what its answers amount to, and its report."""
