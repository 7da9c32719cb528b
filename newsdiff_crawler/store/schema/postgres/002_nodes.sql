-- On which machine a crawl runs, and when it last gave a sign of life (m046).

alter table runs add column node text, add column seen_at text;
create index last_runs on runs (coalesce(finished_at, started_at));
create index unfinished_runs on runs (id) where finished_at is null;
