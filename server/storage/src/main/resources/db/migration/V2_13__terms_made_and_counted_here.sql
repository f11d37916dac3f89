-- Terms are made, changed and deleted here. What lists of them sort by has an index.
ALTER TABLE term
  -- Deleted here: what has it does not show it, and the next import does not bring it back.
  ADD COLUMN missing BOOLEAN NOT NULL DEFAULT FALSE,
  ADD KEY term_name (taxonomy, name, id);

-- Which replies came in by a source, without a look at the replies.
ALTER TABLE reply ADD KEY reply_status_source (status, source_id);

-- How many tickets and replies have a term, counted as they get it and lose it. A term has a row for
-- each remainder of their ids by 16, so that few writers wait for one another.
CREATE TABLE term_count (
  term_id BIGINT NOT NULL,
  slot TINYINT NOT NULL,
  total BIGINT NOT NULL,
  PRIMARY KEY (term_id, slot),
  CONSTRAINT term_count_term FOREIGN KEY (term_id) REFERENCES term (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

INSERT INTO term_count (term_id, slot, total)
SELECT had.term_id, had.slot, SUM(had.total)
FROM (
  SELECT x.term_id, MOD(x.ticket_id, 16) AS slot, COUNT(*) AS total
  FROM ticket_term x GROUP BY x.term_id, MOD(x.ticket_id, 16)
  UNION ALL
  SELECT x.term_id, MOD(x.ticket_id, 16), -COUNT(*)
  FROM ticket t JOIN ticket_term x ON x.ticket_id = t.id
  WHERE t.status = '.deleted' GROUP BY x.term_id, MOD(x.ticket_id, 16)
  UNION ALL
  SELECT r.source_id, MOD(r.id, 16), COUNT(*)
  FROM reply r WHERE r.source_id IS NOT NULL AND r.status <> '.deleted'
  GROUP BY r.source_id, MOD(r.id, 16)
) had
GROUP BY had.term_id, had.slot;
