"""Scrapy's settings as this project wants them, and our own, which begin with NEWSDIFF_."""

from __future__ import annotations

import os
import sys

from newsdiff_crawler import __version__
from newsdiff_crawler.configuration import from_environment, misspelt

BOT_NAME = "newsdiff_crawler"
SPIDER_MODULES = ["newsdiff_crawler.spiders"]
NEWSPIDER_MODULE = "newsdiff_crawler.spiders"
# Also knows the sources of sources.toml in the data folder.
SPIDER_LOADER_CLASS = "newsdiff_crawler.crawling.sources_loader.SourcesLoader"
COMMANDS_MODULE = "newsdiff_crawler.commands"

# --- Ours ---------------------------------------------------------------------------------

# configuration.py says what they are; this is where the environment comes in.
globals().update(from_environment(os.environ))
for _line in misspelt(os.environ):
    print(f"newsdiff_crawler: {_line}", file=sys.stderr)

# --- Gentle on publishers --------------------------------------------------------------------

ADDONS = {"newsdiff_crawler.configuration.ContactInUserAgent": 0}
USER_AGENT = f"newsdiff_crawler/{__version__} (keeps versions of news articles; {{contact}})"
ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_MAX_DELAY = 15.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
CONCURRENT_REQUESTS_PER_DOMAIN = 2  # more has no effect: two is the most, of all crawls together
DOWNLOAD_DELAY = 0.25
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
RETRY_TIMES = 1
# Not what refuses (429, 503): that is asked again when it says, or much later. Nor what hangs.
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the check says so
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # pages that reload themselves are read as they are

# --- Bounded and closed ----------------------------------------------------------------------

DOWNLOADER_MIDDLEWARES = {
    "newsdiff_crawler.fetching.source_hosts.SourceHostsOnly": 50,
    "newsdiff_crawler.fetching.robots.Robots": 100,
    "newsdiff_crawler.fetching.validators.Validators": 200,
    "newsdiff_crawler.fetching.private_addresses.PrivateAddressGuard": 760,  # the proxy is set
    "newsdiff_crawler.fetching.host_limits.HostLimits": 950,  # the last one
    "newsdiff_crawler.fetching.compression.Compression": 590,
    # Ours are in their places.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
}
DOWNLOAD_HANDLERS = {
    "http": "newsdiff_crawler.fetching.download.BoundedHandler",
    "https": "newsdiff_crawler.fetching.download.BoundedHandler",
}
DOWNLOAD_VERIFY_CERTIFICATES = True
TWISTED_DNS_RESOLVER = "newsdiff_crawler.fetching.private_addresses.GuardedResolver"
DNS_TIMEOUT = 20
DOWNLOAD_TIMEOUT = 30  # seconds for the whole answer, however slowly it comes
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
TELNETCONSOLE_ENABLED = False

# --- The way of an article -------------------------------------------------------------------

ITEM_PIPELINES = {
    "newsdiff_crawler.crawling.identify.Identify": 200,
    "newsdiff_crawler.crawling.pipelines.Judge": 300,
    "newsdiff_crawler.crawling.pipelines.StoreVersion": 500,
}
EXTENSIONS = {
    "scrapy.extensions.remote_control.RemoteControl": None,  # nobody runs code in a crawl
    "newsdiff_crawler.run.Run": 100,
    "newsdiff_crawler.crawling.redesign.RedesignWatch": 400,
    "newsdiff_crawler.crawling.record_failure.EndWithoutRecord": 450,
    "newsdiff_crawler.crawling.report.RunReport": 500,
    "newsdiff_crawler.crawling.progress.ProgressBar": 600,
    "newsdiff_crawler.crawling.prompt_end.PromptEnd": 700,
}
# Reads the source of the spider's callbacks again for most answers.
WARN_ON_GENERATOR_RETURN_VALUE = False
DOWNLOADER_STATS = False  # bytes and statuses, which the record tells better
LOG_FORMATTER = "newsdiff_crawler.crawling.log.BriefLog"
FEED_EXPORT_ENCODING = "utf-8"
FEED_STORAGES = dict.fromkeys(("", "file"), "newsdiff_crawler.crawling.export_file.ExportFile")
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LOG_DATEFORMAT = "%Y-%m-%d %H:%M:%S %z"
