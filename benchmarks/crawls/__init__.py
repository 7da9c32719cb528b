"""What `benchmarks/crawl.py` is made of: a publisher, the crawls that visit it, the disk."""
