# The crawls and the site in one image: compose.yaml runs it twice. See docs/operating.md.
FROM python:3.13-slim

WORKDIR /app
COPY requirements.txt .
# What compose.fleet.yaml wants besides: psycopg, for a record on a server.
ARG EXTRAS=""
RUN pip install --no-cache-dir -q -r requirements.txt $EXTRAS
COPY scrapy.cfg .
COPY newsdiff_crawler newsdiff_crawler

# A new volume gets the owner of the folder that it is put over; compose.fleet.yaml has one for the
# archive alone.
RUN useradd --system --uid 10001 newsdiff \
    && install -d -o newsdiff -g newsdiff /data /data/archive
USER newsdiff
ENV NEWSDIFF_DATA=/data
VOLUME /data

ENTRYPOINT ["scrapy"]
CMD ["crawl", "all", "--every", "1m"]
