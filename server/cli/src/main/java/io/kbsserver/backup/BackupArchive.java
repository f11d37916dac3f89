package io.kbsserver.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.storage.DatabaseDump;
import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A backup as a ZIP archive: {@code manifest.json}, and the database as {@code database.sql}. It is
 * written from beginning to end, into a pipe as well; its list of contents comes last, so that one
 * which was cut off is none.
 */
public final class BackupArchive implements AutoCloseable {
  private static final String MANIFEST = "manifest.json";
  private static final String DATABASE = "database.sql";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final ZipFile zip;

  private BackupArchive(String name, ZipFile zip) {
    this.name = name;
    this.zip = zip;
  }

  /** Writes one; what it is written to stays open. */
  public static void write(OutputStream out, BackupManifest manifest, DatabaseDump dump)
      throws IOException {
    // Closing it would close what it is written to.
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry(MANIFEST));
    zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    zip.putNextEntry(new ZipEntry(DATABASE));
    dump.writeTo(zip);
    zip.finish();
    zip.flush();
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
