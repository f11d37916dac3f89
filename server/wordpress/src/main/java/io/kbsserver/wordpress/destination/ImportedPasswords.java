package io.kbsserver.wordpress.destination;

import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the application passwords that came from WordPress from those that were made here: the
 * latter stay, and one that was revoked here does not come back.
 */
final class ImportedPasswords {

  private static final int PASSWORDS = 1;
  private static final int UUID = 0;

  private final TargetDatabase target;

  ImportedPasswords(TargetDatabase target) {
    this.target = target;
  }

  /** These users with the passwords that they are to have here. */
  List<TargetRow> merged(List<TargetRow> users) throws SQLException {
    if (users.isEmpty()) {
      return users;
    }
    List<Long> ids = users.stream().map(TargetRow::id).toList();
    String in = " WHERE user_id IN (" + WordPressDatabase.placeholders(ids.size()) + ")";
    Map<Long, Set<String>> brought = new HashMap<>();
    target.query(
        "SELECT user_id, uuid FROM imported_password" + in,
        ids,
        row ->
            brought.computeIfAbsent(row.getLong(1), id -> new HashSet<>()).add(row.getString(2)));
    Map<Long, List<List<String>>> here = new HashMap<>();
    target.query(
        "SELECT user_id, uuid, name, hash, CAST(created_at AS CHAR), app_id"
            + " FROM application_password"
            + in,
        ids,
        row ->
            here.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                .add(
                    List.of(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6))));
    return users.stream()
        .map(
            user ->
                merged(
                    user,
                    brought.getOrDefault(user.id(), Set.of()),
                    here.getOrDefault(user.id(), List.of())))
        .toList();
  }

  private static TargetRow merged(TargetRow user, Set<String> brought, List<List<String>> here) {
    Set<String> left = new HashSet<>(brought);
    here.forEach(password -> left.remove(password.get(UUID)));
    List<List<String>> passwords = new ArrayList<>(user.children().get(PASSWORDS));
    passwords.removeIf(password -> left.contains(password.get(UUID)));
    Set<String> uuids = new HashSet<>(uuids(user));
    for (List<String> password : here) {
      if (!brought.contains(password.get(UUID)) && uuids.add(password.get(UUID))) {
        passwords.add(password);
      }
    }
    List<List<List<String>>> children = new ArrayList<>(user.children());
    children.set(PASSWORDS, passwords);
    return user.with(user.values(), children);
  }

  /** Remembers what WordPress has. */
  void remember(List<TargetRow> users) throws SQLException {
    forget(users.stream().map(TargetRow::id).toList());
    target.insert(
        "INSERT INTO imported_password (user_id, uuid)",
        TargetDatabase.group(2),
        users.stream()
            .flatMap(user -> uuids(user).stream().map(uuid -> List.<Object>of(user.id(), uuid)))
            .toList(),
        "");
  }

  private void forget(List<Long> users) throws SQLException {
    if (!users.isEmpty()) {
      target.update(
          "DELETE FROM imported_password WHERE user_id IN ("
              + WordPressDatabase.placeholders(users.size())
              + ")",
          users.toArray());
    }
  }

  private static List<String> uuids(TargetRow user) {
    return user.children().get(PASSWORDS).stream().map(password -> password.get(UUID)).toList();
  }
}
