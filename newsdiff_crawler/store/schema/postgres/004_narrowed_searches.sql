-- The indexes of words know source and kind too: a search of one source, or of headlines, reads no
-- others. Only the indexes are made anew; no text is read or cut again.

drop index words_of_passages;
drop index words_of_removals;
create index words_of_passages on passage_words
    using gin (words, (array[source]), (array[is_headline]));
create index words_of_removals on removal_words
    using gin (words, (array[source]), (array[is_headline]));

-- The server knows how frequent they are only then.
analyze passage_words, removal_words;
