"""`scrapy demo`: two invented newspapers on loopback that publish and revise stories, crawled."""
