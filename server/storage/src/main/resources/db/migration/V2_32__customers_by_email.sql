-- Customers in the order of their addresses come from an index. The unique one does not serve: where a
-- column may be null, MariaDB does not take the primary key for what follows in it, and sorts them all.
ALTER TABLE customer ADD KEY customer_email_order (email, id);
