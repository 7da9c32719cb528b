"""A publisher that lies about its addresses, and crawls of it in this process."""
