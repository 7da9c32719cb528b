-- On which machine a crawl runs, and when it last gave a sign of life (m046).

alter table runs add column node text, add column seen_at text;
