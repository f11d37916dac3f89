-- Whether a ticket is listed depends on its status. With the status in the index of each order, the
-- ids of a page come from the index alone, however deep the page.
ALTER TABLE ticket
  DROP KEY ticket_date, ADD KEY ticket_date (date_local, id, status),
  DROP KEY ticket_modified, ADD KEY ticket_modified (modified_local, id, status),
  DROP KEY ticket_title, ADD KEY ticket_title (title_key, id, status);
