-- What the routes of customers and companies show, and what they sort by.

-- Further addresses come in the order in which they were added.
ALTER TABLE customer_email ADD COLUMN position INT NOT NULL DEFAULT 0;

-- name_key: the start of the name, so that sorting by name can use an index.
ALTER TABLE customer
  ADD COLUMN name_key VARCHAR(191) GENERATED ALWAYS AS (LEFT(name, 191)) STORED,
  ADD KEY customer_name (name_key, id),
  ADD KEY customer_created (created_at, id);

-- Companies in every status of a post are here now; those that were imported before are published.
ALTER TABLE company
  ADD COLUMN slug VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN status VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'publish',
  ADD COLUMN protected BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN logo_id BIGINT NULL,
  ADD COLUMN name_key VARCHAR(191) GENERATED ALWAYS AS (LEFT(name, 191)) STORED,
  ADD KEY company_name (name_key, id);

-- These rows have more columns now than the import remembers. Whether they have changed here since
-- is not known; the next import brings them over again.
UPDATE imported SET here_hash = UNHEX(REPEAT('00', 16))
  WHERE kind = 'company'
    OR (kind = 'customer' AND id IN (SELECT e.customer_id FROM customer_email e));
