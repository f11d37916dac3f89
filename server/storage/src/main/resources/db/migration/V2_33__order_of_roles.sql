-- Roles are shown in the order in which they were given, as in WordPress.
ALTER TABLE user_role
  ADD COLUMN number BIGINT NOT NULL AUTO_INCREMENT,
  ADD UNIQUE KEY user_role_number (number);
