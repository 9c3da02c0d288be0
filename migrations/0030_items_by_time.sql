-- An index of all runs over all time is written to everywhere: as many pages as rows. With the time in front, in stretches of
-- 2^29 ms (6.2 days), what is written to is what belongs to the last of them.
DROP INDEX items_by_run;
CREATE INDEX items_by_run ON items (id >> 41, run);

-- What is no transition is rare, and asked for by itself.
CREATE INDEX items_beside ON items (id) WHERE run & 31 > 7;
