package io.kbsserver.wordpress.destination;

import static java.util.Objects.requireNonNull;

import io.kbsserver.change.Subject;
import io.kbsserver.wordpress.destination.Reconciliation.Before;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.SourceRows;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes rows in batches, each one transaction, and only what has changed in WordPress since the
 * last import.
 *
 * <p>What was changed here meanwhile goes by {@link Reconciliation}; what was made here under an id
 * that WordPress has given to something else is kept. When the database refuses a batch, its rows
 * are tried one by one, so that a single bad row costs nothing but itself.
 */
public final class BatchWriter {

  /** Makes a row that the database refuses, for a duplicate say, acceptable; says what it did. */
  @FunctionalInterface
  public interface Repair {
    Optional<Repaired> repair(TargetRow row) throws SQLException;
  }

  /** A repaired row. */
  public record Repaired(TargetRow row, String what) {}

  private record Known(Before before, boolean gone, boolean identified) {}

  private static final int ATTEMPTS = 5;

  /** Remembered of a row that is not here as it is meant to be: the next import tries again. */
  private static final byte[] NOT_AS_THERE = new byte[16];

  private static final Repair NONE = row -> Optional.empty();

  private final TargetDatabase target;
  private final SourceRows source;
  private final RowsHere rowsHere;
  private final ImportedPasswords passwords;
  private final Ids ids;
  private final ImportLog log;

  public BatchWriter(TargetDatabase target, SourceRows source, Ids ids, ImportLog log) {
    this.target = target;
    this.source = source;
    this.rowsHere = new RowsHere(target);
    this.passwords = new ImportedPasswords(target);
    this.ids = ids;
    this.log = log;
  }

  /** Writes rows without a way to repair duplicates. */
  public void write(TargetTable table, List<TargetRow> rows) throws SQLException {
    write(table, rows, NONE);
  }

  /** Writes rows; ids must not occur twice. */
  public void write(TargetTable table, List<TargetRow> given, Repair repair) throws SQLException {
    List<TargetRow> rows = withIdsHere(table.kind(), given);
    if (rows.isEmpty()) {
      return;
    }
    try {
      new Transaction(table, false, repair).run(rows);
    } catch (SQLException e) {
      if (!concernsARow(e)) {
        throw e;
      }
      for (TargetRow row : rows) {
        writeAlone(table, row, repair);
      }
    }
  }

  /** The rows under the ids that they have here, without those that were made here. */
  private List<TargetRow> withIdsHere(Kind kind, List<TargetRow> given) throws SQLException {
    Map<Long, Long> here = ids.of(kind, given.stream().map(TargetRow::sourceId).toList());
    List<TargetRow> rows = new ArrayList<>(given.size());
    for (TargetRow row : given) {
      long id = requireNonNull(here.get(row.sourceId()));
      if (ids.isMadeHere(kind, row.sourceId())) {
        log.kept(
            kind,
            row.sourceId(),
            "it is " + kind.singular() + " " + id + " here, which was made here; kept as it is");
        continue;
      }
      if (id != row.sourceId()) {
        log.problem(
            kind,
            row.sourceId(),
            "its id is another's here; "
                + (id > 0 ? "it is " + kind.singular() + " " + id + " here" : "it gets a new one"));
      }
      rows.add(row.at(id));
    }
    return rows;
  }

  private void writeAlone(TargetTable table, TargetRow row, Repair repair) throws SQLException {
    try {
      new Transaction(table, true, repair).run(List.of(row));
    } catch (SQLException e) {
      if (!concernsARow(e)) {
        throw e;
      }
      log.skipped(
          table.kind(),
          row.sourceId(),
          "the database refuses it and it was left out: " + firstLine(e));
    }
  }

  /** Whether an error is the fault of a value, so that other rows may well go through. */
  private static boolean concernsARow(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("22")
        || state.startsWith("23")
        || e.getErrorCode() == 1366
        || e instanceof com.mysql.cj.jdbc.exceptions.PacketTooBigException
        || e.getCause() instanceof com.mysql.cj.exceptions.CJPacketTooBigException;
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private Map<Long, Known> known(Kind kind, List<Long> ids) throws SQLException {
    Map<Long, Known> known = new HashMap<>();
    if (!ids.isEmpty()) {
      List<Object> args = new ArrayList<>();
      args.add(kind.singular());
      args.addAll(ids);
      target.query(
          "SELECT id, source_hash, here_hash, gone, identity IS NOT NULL FROM imported"
              + " WHERE kind = ? AND id IN ("
              + WordPressDatabase.placeholders(ids.size())
              + ")",
          args,
          row ->
              known.put(
                  row.getLong(1),
                  new Known(
                      new Before(row.getBytes(2), row.getBytes(3)),
                      row.getBoolean(4),
                      row.getBoolean(5))));
    }
    return known;
  }

  /** One transaction over some rows of one table. */
  private final class Transaction {

    private final TargetTable table;
    private final boolean alone;
    private final Repair repair;
    private final List<TargetRow> inserts = new ArrayList<>();
    private final List<TargetRow> updates = new ArrayList<>();
    private final List<TargetRow> unidentified = new ArrayList<>();
    // Users as WordPress has them; what is written may have other passwords.
    private final List<TargetRow> users = new ArrayList<>();
    private final Map<Long, byte[]> hashes = new HashMap<>();
    // What there is to say, said when the transaction is through.
    private final Map<Long, String> skipped = new LinkedHashMap<>();
    private final Map<Long, String> kept = new LinkedHashMap<>();
    private final Map<Long, String> merged = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int unchanged;

    Transaction(TargetTable table, boolean alone, Repair repair) {
      this.table = table;
      this.alone = alone;
      this.repair = repair;
    }

    void run(List<TargetRow> rows) throws SQLException {
      for (int attempt = 1; ; attempt++) {
        try {
          clear();
          sort(rows);
          store();
          target.commit();
          break;
        } catch (SQLException e) {
          target.rollback();
          // A deadlock, or a conflict between nodes of a cluster: the database asks to try again.
          if (attempt == ATTEMPTS || !String.valueOf(e.getSQLState()).startsWith("40")) {
            throw e;
          }
        }
      }
      log.unchanged(table.kind(), unchanged);
      log.written(table.kind(), inserts.size() + (long) updates.size());
      remarks.forEach(remark -> log.problem(table.kind(), rows.get(0).sourceId(), remark));
      skipped.forEach((id, why) -> log.skipped(table.kind(), id, why));
      kept.forEach((id, why) -> log.kept(table.kind(), id, why));
      merged.forEach((id, what) -> log.remained(table.kind(), id, what));
    }

    private void clear() {
      inserts.clear();
      updates.clear();
      unidentified.clear();
      users.clear();
      hashes.clear();
      skipped.clear();
      kept.clear();
      merged.clear();
      remarks.clear();
      unchanged = 0;
    }

    /** Which rows are new, which have changed, and which are to be left alone. */
    private void sort(List<TargetRow> rows) throws SQLException {
      List<Long> ids = rows.stream().map(TargetRow::id).toList();
      Map<Long, Known> known = known(table.kind(), ids);
      Map<Long, Boolean> present = present(ids);
      Map<Long, String> types = table.postType() == null ? Map.of() : postTypes(ids);
      List<TargetRow> changed = new ArrayList<>();
      for (TargetRow row : rows) {
        byte[] hash = RowHash.of(row.values(), row.children());
        hashes.put(row.id(), hash);
        Known before = known.get(row.id());
        Boolean standIn = present.get(row.id());
        String type = types.get(row.id());
        if (type != null && !type.equals(table.postType())) {
          skipped.put(row.sourceId(), "its id belongs to something that was made here; left out");
        } else if (standIn == null) {
          inserts.add(row);
        } else if (before == null) {
          if (standIn) {
            updates.add(row);
          } else {
            skipped.put(row.sourceId(), "its id belongs to one that was made here; left out");
          }
        } else if (before.gone()) {
          // It has come back there, and nobody has seen it here since.
          updates.add(row);
        } else if (before.before().isUnchanged(hash)) {
          unchanged++;
          if (!before.identified()) {
            unidentified.add(row);
          }
        } else {
          changed.add(row);
        }
      }
      Map<Long, byte[]> here = rowsHere.hashes(table, changed.stream().map(TargetRow::id).toList());
      for (TargetRow row : changed) {
        Known before = requireNonNull(known.get(row.id()));
        Reconciliation outcome =
            Reconciliation.of(
                table.kind(),
                before.before(),
                requireNonNull(hashes.get(row.id())),
                here.get(row.id()));
        switch (outcome) {
          case UNCHANGED, TAKEN -> updates.add(row);
          case MERGED -> {
            updates.add(row);
            merged.put(
                row.sourceId(),
                "it has changed in WordPress and here since; its roles and all else are as there,"
                    + " but passwords that were made here stay, and those revoked here stay"
                    + " revoked");
          }
          case KEPT -> {
            if (!before.identified()) {
              unidentified.add(row);
            }
            kept.put(
                row.sourceId(), "it has changed in WordPress and here since; kept as it is here");
          }
        }
      }
      if (table.kind() == Kind.USER) {
        users.addAll(inserts);
        users.addAll(updates);
        List<TargetRow> withOwn = passwords.merged(updates);
        updates.clear();
        updates.addAll(withOwn);
      }
    }

    private void store() throws SQLException {
      if (target.isDryRun()) {
        return;
      }
      if (table.postType() != null) {
        target.insert(
            "INSERT INTO post (id, type)",
            TargetDatabase.group(2),
            Stream.concat(inserts.stream(), updates.stream())
                .map(row -> List.of(row.id(), table.postType()))
                .toList(),
            " ON DUPLICATE KEY UPDATE type = VALUES(type)");
      }
      Subject subject = table.kind().subject();
      target.changes(subject, updates.stream().map(TargetRow::id).toList());
      target.creates(subject, inserts.stream().map(TargetRow::id).toList());
      release();
      try {
        storeRows();
      } catch (SQLException e) {
        if (!alone || !String.valueOf(e.getSQLState()).startsWith("23")) {
          throw e;
        }
        TargetRow refused = inserts.isEmpty() ? updates.get(0) : inserts.get(0);
        Repaired repaired = repair.repair(refused).orElseThrow(() -> e);
        remarks.add(repaired.what());
        (inserts.isEmpty() ? updates : inserts).set(0, repaired.row());
        storeRows();
      }
      storeChildren();
      remember();
      identify();
    }

    /** E-mail addresses, logins and slugs that change hands are free before they are given. */
    private void release() throws SQLException {
      if (table.release() != null && !updates.isEmpty()) {
        target.update(
            "UPDATE %s SET %s WHERE id IN (%s)"
                .formatted(
                    table.name(), table.release(), WordPressDatabase.placeholders(updates.size())),
            updates.stream().map(TargetRow::id).toArray());
      }
    }

    private void storeRows() throws SQLException {
      List<String> columns = new ArrayList<>(table.columns());
      columns.addAll(table.derived());
      List<List<Object>> inserted = new ArrayList<>(inserts.size());
      for (TargetRow row : inserts) {
        List<Object> values = new ArrayList<>();
        values.add(row.id());
        values.addAll(row.values());
        values.addAll(row.derived().get());
        inserted.add(values);
      }
      // A ticket that is made has its first revision, as the log of changes counts them.
      String revision = table.kind() == Kind.TICKET ? ", revision" : "";
      target.insert(
          "INSERT INTO " + table.name() + " (id, " + String.join(", ", columns) + revision + ")",
          "(?" + ", ?".repeat(columns.size()) + (revision.isEmpty() ? ")" : ", 1)"),
          inserted,
          "");
      List<List<Object>> updated = new ArrayList<>(updates.size());
      for (TargetRow row : updates) {
        List<Object> values = new ArrayList<>(row.values());
        values.addAll(row.derived().get());
        values.add(row.id());
        updated.add(values);
      }
      target.updateEach(
          "UPDATE "
              + table.name()
              + " SET "
              + String.join(", ", columns.stream().map(column -> column + " = ?").toList())
              + " WHERE id = ?",
          updated);
      if (table.kind() == Kind.TERM && !updates.isEmpty()) {
        new TermTree(target).refuseCircles(updates.stream().map(TargetRow::id).toList());
      }
    }

    private void storeChildren() throws SQLException {
      List<TargetRow> rows = new ArrayList<>(inserts);
      rows.addAll(updates);
      for (int i = 0; i < table.children().size(); i++) {
        TargetTable.Child child = table.children().get(i);
        if (!updates.isEmpty()) {
          target.update(
              "DELETE FROM %s WHERE %s IN (%s)"
                  .formatted(
                      child.name(), child.owner(), WordPressDatabase.placeholders(updates.size())),
              updates.stream().map(TargetRow::id).toArray());
        }
        List<List<Object>> values = new ArrayList<>();
        for (TargetRow row : rows) {
          for (List<String> childRow : row.children().get(i)) {
            List<Object> value = new ArrayList<>();
            value.add(row.id());
            value.addAll(childRow);
            values.add(value);
          }
        }
        int inserted =
            target.insert(
                "INSERT "
                    + (alone ? "IGNORE " : "")
                    + "INTO %s (%s, %s)"
                        .formatted(child.name(), child.owner(), String.join(", ", child.columns())),
                TargetDatabase.group(child.columns().size() + 1),
                values,
                "");
        if (inserted < values.size()) {
          remarks.add(
              (values.size() - inserted)
                  + " of its rows in "
                  + child.name()
                  + " were refused by the database and left out");
        }
      }
    }

    private void remember() throws SQLException {
      List<TargetRow> written = new ArrayList<>(inserts);
      written.addAll(updates);
      List<Long> ids = written.stream().map(TargetRow::id).toList();
      // A row that was repaired or merged is not here as it is there: look at what it has become.
      Map<Long, byte[]> here = alone || !users.isEmpty() ? rowsHere.hashes(table, ids) : hashes;
      passwords.remember(users);
      Map<Long, SourceRows.Traits> traits =
          source.of(table.kind(), written.stream().map(TargetRow::sourceId).toList());
      target.insert(
          "INSERT INTO imported (kind, id, source_hash, here_hash, identity)",
          TargetDatabase.group(5),
          written.stream()
              .map(
                  row ->
                      List.<Object>of(
                          table.kind().singular(),
                          row.id(),
                          remarks.isEmpty() ? hashes.get(row.id()) : NOT_AS_THERE,
                          here.get(row.id()),
                          Identity.of(traits.getOrDefault(row.sourceId(), SourceRows.NO_TRAITS))))
              .toList(),
          " ON DUPLICATE KEY UPDATE source_hash = VALUES(source_hash),"
              + " here_hash = VALUES(here_hash), identity = VALUES(identity), gone = FALSE");
    }

    /** An earlier version did not note what tells its rows from others. */
    private void identify() throws SQLException {
      Map<Long, SourceRows.Traits> traits =
          source.of(table.kind(), unidentified.stream().map(TargetRow::sourceId).toList());
      target.updateEach(
          "UPDATE imported SET identity = ? WHERE kind = ? AND id = ?",
          unidentified.stream()
              .map(
                  row ->
                      List.<Object>of(
                          Identity.of(traits.getOrDefault(row.sourceId(), SourceRows.NO_TRAITS)),
                          table.kind().singular(),
                          row.id()))
              .toList());
    }

    /** The ids that have a row, and whether it only stands for its id. */
    private Map<Long, Boolean> present(List<Long> ids) throws SQLException {
      Map<Long, Boolean> present = new HashMap<>();
      target.query(
          "SELECT id, %s FROM %s WHERE id IN (%s)"
              .formatted(
                  table.standIns() ? "missing" : "FALSE",
                  table.name(),
                  WordPressDatabase.placeholders(ids.size())),
          ids,
          row -> present.put(row.getLong(1), row.getBoolean(2)));
      return present;
    }

    private Map<Long, String> postTypes(List<Long> ids) throws SQLException {
      Map<Long, String> types = new HashMap<>();
      target.query(
          "SELECT id, type FROM post WHERE id IN ("
              + WordPressDatabase.placeholders(ids.size())
              + ")",
          ids,
          row -> types.put(row.getLong(1), row.getString(2)));
      return types;
    }
  }
}
