package io.kbsserver.files;

import io.kbsserver.files.NewFiles.NewFile;
import io.kbsserver.refusal.Unavailable;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files one after another, by whichever way they come, as far as the site takes them. */
@Singleton
public class FileIntake {

  private static final Logger LOG = LoggerFactory.getLogger(FileIntake.class);

  private final FileWatch watch;
  private final CurrentSite settings;

  FileIntake(FileWatch watch, CurrentSite settings) {
    this.watch = watch;
    this.settings = settings;
  }

  /** What came of one. */
  public enum Outcome {
    TAKEN,
    /** The site takes none of its type. */
    UNWANTED,
    /** The site takes no more of them at a time. */
    TOO_MANY
  }

  /** The bytes of a file, read when it is taken. */
  @FunctionalInterface
  public interface Content {

    /** Begins to read; closed by whoever gave it. */
    InputStream open() throws IOException;
  }

  /** Adds one to those that are taken; what is not is not kept. */
  public Outcome take(NewFiles files, String name, Content content) throws IOException {
    Site site = settings.current();
    if (files.all().size() >= site.get(Setting.FILE_UPLOADS)) {
      return Outcome.TOO_MANY;
    }
    IncomingFile received = watch.store().receive(content.open(), name);
    if (!AllowedTypes.of(site.get(Setting.FILE_EXTENSIONS))
        .contains(name, received.file().type())) {
      received.close();
      return Outcome.UNWANTED;
    }
    files.add(new NewFile(name, received));
    return Outcome.TAKEN;
  }

  /** The refusal where a file cannot be stored, which is nothing that who sent it did. */
  public Unavailable notStored(Exception failure) {
    watch.met(failure);
    LOG.error("A file cannot be stored: {}", failure.toString());
    return Unavailable.roomForFiles();
  }
}
