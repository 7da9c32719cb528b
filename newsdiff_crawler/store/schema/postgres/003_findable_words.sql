-- Words are cut and folded otherwise than before; all are indexed anew (m047).

delete from passage_words;
delete from removal_words;
