-- The indexes of words know in which block of ids a passage is, and in which large one: a search
-- looks in the newest blocks, and in older ones where these have too few. Only the indexes are made
-- anew.

drop index words_of_passages;
drop index words_of_removals;
create index words_of_passages on passage_words
    using gin (words, (array[source]), (array[is_headline]), (array[id / 8192]),
               (array[id / 1048576]));
create index words_of_removals on removal_words
    using gin (words, (array[source]), (array[is_headline]), (array[id / 8192]),
               (array[id / 1048576]));

-- The server knows how frequent they are only then.
analyze passage_words, removal_words;
