package io.kbsserver.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.files.FileStore;
import io.kbsserver.files.IncomingFile;
import io.kbsserver.storage.DatabaseDump;
import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup as a ZIP archive: {@code manifest.json}, the database as {@code database.sql}, and each
 * file by its digest below {@code files/}. It is written from beginning to end, into a pipe as
 * well; its list of contents comes last, so that one which was cut off is none.
 */
public final class BackupArchive implements AutoCloseable {
  private static final String MANIFEST = "manifest.json";
  private static final String DATABASE = "database.sql";
  private static final String FILES = "files/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final ZipFile zip;

  private BackupArchive(String name, ZipFile zip) {
    this.name = name;
    this.zip = zip;
  }

  /**
   * Writes one; what it is written to stays open.
   *
   * @param files those of the database; null where they are left out
   * @return the digests of those that the database refers to, but nobody has
   */
  public static Set<String> write(
      OutputStream out, BackupManifest manifest, DatabaseDump dump, @Nullable FileStore files)
      throws IOException {
    Set<String> missing = new TreeSet<>();
    // Closing it would close what it is written to.
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry(MANIFEST));
    zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    zip.putNextEntry(new ZipEntry(DATABASE));
    // The dump has rows that are gone at its end, and others that were not there before it.
    Set<String> referred = new TreeSet<>(files == null ? Set.of() : dump.files());
    dump.writeTo(zip);
    if (files != null) {
      // Most are packed already.
      zip.setLevel(Deflater.NO_COMPRESSION);
      referred.addAll(dump.files());
      // What the dump refers to is there still, unless it took a day: so long after the last row
      // that refers to a content it goes.
      Set<String> all = new TreeSet<>(files.all());
      all.addAll(referred);
      for (String sha256 : all) {
        try (InputStream content = files.open(sha256, 0)) {
          zip.putNextEntry(new ZipEntry(FILES + sha256));
          content.transferTo(zip);
        } catch (NoSuchFileException e) {
          if (referred.contains(sha256)) {
            missing.add(sha256);
          }
        }
      }
    }
    zip.finish();
    zip.flush();
    return missing;
  }

  /** Opens one that is whole, ours, and not newer than this program; else says what it is. */
  public static BackupArchive open(Path file) {
    if (Files.isDirectory(file)) {
      throw new StartupFailure("The backup is a folder: " + file);
    }
    if (!Files.isReadable(file)) {
      throw new StartupFailure(
          Files.exists(file)
              ? "The backup may not be read: " + file
              : "The backup does not exist: " + file);
    }
    try {
      BackupArchive archive = new BackupArchive(file.toString(), new ZipFile(file.toFile()));
      try {
        archive.check();
        return archive;
      } catch (RuntimeException | IOException e) {
        archive.close();
        throw e;
      }
    } catch (ZipException e) {
      throw new StartupFailure(file + " is no backup of kbs-server, or not a whole one", e);
    } catch (IOException e) {
      throw new StartupFailure("The backup cannot be read: " + e.getMessage(), e);
    }
  }

  /** The database, as SQL. */
  public InputStream database() throws IOException {
    return zip.getInputStream(entry(DATABASE));
  }

  /** Whether it has files, be it none. */
  public boolean hasFiles() throws IOException {
    return manifest().files();
  }

  /** Puts all files into a store, and makes sure of each that it is what it was. */
  public void restoreFiles(FileStore store) throws IOException {
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (entry.getName().startsWith(FILES)) {
        try (InputStream content = zip.getInputStream(entry);
            IncomingFile incoming = store.receive(content, "")) {
          if (!entry.getName().equals(FILES + incoming.file().sha256())) {
            throw new ZipException(entry.getName() + " is damaged");
          }
          incoming.keep();
        }
      }
    }
  }

  private void check() throws IOException {
    manifest().check(name);
    entry(DATABASE);
    for (ZipEntry entry : Collections.list(zip.entries())) {
      try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
        in.transferTo(OutputStream.nullOutputStream());
        if (in.getChecksum().getValue() != entry.getCrc()) {
          throw new ZipException(entry.getName() + " is damaged");
        }
      }
    }
  }

  private BackupManifest manifest() throws IOException {
    try (InputStream in = zip.getInputStream(entry(MANIFEST))) {
      BackupManifest manifest = JSON.readValue(in, BackupManifest.class);
      if (!manifest.isOurs()) {
        throw new ZipException("another manifest");
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw (ZipException) new ZipException("another manifest").initCause(e);
    }
  }

  private ZipEntry entry(String wanted) throws ZipException {
    ZipEntry entry = zip.getEntry(wanted);
    if (entry == null) {
      throw new ZipException("no " + wanted);
    }
    return entry;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
