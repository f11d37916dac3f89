package io.kbsserver.wordpress.kinds;

import io.kbsserver.change.Subject;
import io.kbsserver.files.FileStore;
import io.kbsserver.files.IncomingFile;
import io.kbsserver.files.StoredFile;
import io.kbsserver.files.s3.StoreAwayException;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.wordpress.destination.RowHash;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.Uploads.Found;
import io.kbsserver.wordpress.source.UploadsFolder;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies the bytes of files out of WordPress's uploads, each with its row in a transaction of its
 * own: an import that is cut off goes on behind the last one. What has been copied, and is there as
 * it was, is left alone.
 */
public final class FileCopy {

  /**
   * A file whose bytes are wanted.
   *
   * @param sourceId its id in WordPress
   * @param place what WordPress keeps of its place
   */
  public record Wanted(long sourceId, UploadsFolder.Place place) {

    /** Changes where WordPress has another file in its place; not with the host of a site. */
    private String origin() {
      String file = place.file();
      return half(
          file == null || file.isBlank()
              ? place.address().replaceFirst("(?i)^https?://[^/]*", "")
              : file);
    }
  }

  /** What is known of a file that is here. */
  private record Here(@Nullable String sha256, @Nullable String copiedFrom) {}

  private static final int BATCH = 500;

  private final ImportRun run;
  private final UploadsFolder uploads;
  private final Supplier<FileStore> store;

  public FileCopy(ImportRun run, UploadsFolder uploads, Supplier<FileStore> store) {
    this.run = run;
    this.uploads = uploads;
    this.store = store;
  }

  public void run(List<Wanted> files) throws IOException, SQLException {
    run.log().start(Kind.FILE, files.size());
    Set<String> owned =
        files.stream().flatMap(file -> file.place().own().stream()).collect(Collectors.toSet());
    for (int i = 0; i < files.size(); i += BATCH) {
      copy(files.subList(i, Math.min(i + BATCH, files.size())), owned);
    }
  }

  private void copy(List<Wanted> files, Set<String> owned) throws IOException, SQLException {
    Map<Long, Long> ids =
        run.ids().present(Kind.ATTACHMENT, files.stream().map(Wanted::sourceId).toList());
    Map<Long, Here> here = here(ids);
    for (Wanted file : files) {
      Long id = ids.get(file.sourceId());
      if (id != null) {
        run.log().read(Kind.FILE, 1);
        Found found = uploads.find(file.place(), owned);
        copy(file, found, id, here.getOrDefault(id, new Here(null, null)));
        run.log().advanced(Kind.FILE);
      }
    }
  }

  private Map<Long, Here> here(Map<Long, Long> ids) throws SQLException {
    Map<Long, Here> here = new HashMap<>();
    if (!ids.isEmpty()) {
      run.target()
          .query(
              "SELECT id, sha256, copied_from FROM attachment WHERE id IN ("
                  + WordPressDatabase.placeholders(ids.size())
                  + ")",
              List.copyOf(ids.values()),
              row -> here.put(row.getLong(1), new Here(row.getString(2), row.getString(3))));
    }
    return here;
  }

  /** Where a store is away, all that follows would be named as missing: the import stops. */
  private void copy(Wanted file, Found found, long id, Here here)
      throws StoreAwayException, SQLException {
    try {
      if (found instanceof Found.Upload upload) {
        copy(file, upload, id, here);
      } else if (found instanceof Found.Nothing nothing) {
        missing(file, nothing, here);
      }
    } catch (StoreAwayException e) {
      throw e;
    } catch (IOException e) {
      String what = found instanceof Found.Upload upload ? upload.name() : "what is here";
      run.log()
          .skipped(
              Kind.FILE,
              file.sourceId(),
              "its bytes were not copied: "
                  + what
                  + " cannot be read or stored: "
                  + StartupFailure.oneLine(e));
    }
  }

  private void copy(Wanted file, Found.Upload upload, long id, Here here)
      throws IOException, SQLException {
    String likeness = file.origin() + likeness(upload);
    if (likeness.equals(here.copiedFrom()) && isStored(here)) {
      run.log().unchanged(Kind.FILE, 1);
      return;
    }
    if (!run.target().isDryRun()) {
      copy(upload, id, likeness);
    }
    run.log().written(Kind.FILE, 1);
  }

  /** Where the folder has it no more, what is here is it, unless WordPress has another by now. */
  private void missing(Wanted file, Found.Nothing nothing, Here here) throws IOException {
    boolean stored = isStored(here);
    if (stored && here.copiedFrom() != null && here.copiedFrom().startsWith(file.origin())) {
      run.log().unchanged(Kind.FILE, 1);
      return;
    }
    run.log()
        .skipped(
            Kind.FILE,
            file.sourceId(),
            (stored
                    ? "WordPress has another file in its place, but the one from before is still"
                        + " served: the new bytes were not copied: "
                    : "its bytes were not copied: ")
                + nothing.why());
  }

  /** Changes where the file does, as far as that can be told without reading it. */
  private static String likeness(Found.Upload upload) {
    return half(
        upload.name(),
        Long.toString(upload.size()),
        Long.toString(upload.modified().toEpochMilli()));
  }

  /** A digest that fills half of what is kept of where a file was copied from. */
  private static String half(String... of) {
    return HexFormat.of().formatHex(RowHash.of(List.of(of), List.of()), 0, 16);
  }

  private boolean isStored(Here here) throws IOException {
    return here.sha256() != null && store.get().has(here.sha256());
  }

  private void copy(Found.Upload upload, long id, String likeness)
      throws IOException, SQLException {
    String name = Path.of(upload.name()).getFileName().toString();
    try (InputStream bytes = upload.content().open();
        IncomingFile incoming = store.get().receive(bytes, name)) {
      StoredFile file = incoming.file();
      run.target().changes(Subject.FILE, List.of(id));
      run.target()
          .update(
              "UPDATE attachment SET sha256 = ?, size = ?, type = ?, copied_from = ? WHERE id = ?",
              file.sha256(),
              file.size(),
              file.type(),
              likeness,
              id);
      incoming.keep();
      run.target().commit();
    } finally {
      run.target().rollback();
    }
  }
}
