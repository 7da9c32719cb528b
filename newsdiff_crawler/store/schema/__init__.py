"""The tables and views of the record, step by step, and what each column means."""
