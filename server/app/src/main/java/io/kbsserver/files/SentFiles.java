package io.kbsserver.files;

import io.kbsserver.files.NewFiles.NewFile;
import io.kbsserver.refusal.Unavailable;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.refusal.UnwantedFile;
import io.kbsserver.rest.body.UploadedFiles;
import io.kbsserver.rest.body.UploadedFiles.Upload;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the files that came with a request, for whatever they are to hang on. */
@Singleton
public class SentFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SentFiles.class);

  private final FileWatch watch;
  private final CurrentSite settings;

  SentFiles(FileWatch watch, CurrentSite settings) {
    this.watch = watch;
    this.settings = settings;
  }

  /**
   * Receives the files of the current request, and has them written. What the site does not take is
   * refused, or ignored and named.
   *
   * @param write puts them where they belong, in one transaction
   */
  public <T> T take(UnknownValues unknown, Function<NewFiles, T> write) {
    return take(sent(), unknown, write);
  }

  /**
   * The same where only one file is taken, and only as this parameter.
   *
   * @param nameless the refusal of one that is not called anything
   */
  public <T> T takeOne(
      String parameter,
      Supplier<? extends RuntimeException> nameless,
      UnknownValues unknown,
      Function<NewFiles, T> write) {
    List<Upload> sent = sent();
    Optional<Upload> taken =
        sent.stream().filter(upload -> upload.parameter().equals(parameter)).findFirst();
    sent.stream()
        .filter(upload -> taken.filter(upload::equals).isEmpty())
        .forEach(upload -> unknown.add(upload.parameter(), "One file is taken, as " + parameter));
    if (taken.filter(upload -> upload.name().isBlank()).isPresent()) {
      throw nameless.get();
    }
    return take(taken.stream().toList(), unknown, write);
  }

  private static List<Upload> sent() {
    return UploadedFiles.of(ServerRequestContext.currentRequest().orElseThrow());
  }

  private <T> T take(List<Upload> sent, UnknownValues unknown, Function<NewFiles, T> write) {
    try (NewFiles files = new NewFiles()) {
      receive(sent, files, unknown);
      return write.apply(files);
    } catch (IOException | UncheckedIOException | StartupFailure e) {
      watch.met(e);
      LOG.error("A file cannot be stored: {}", e.toString());
      throw Unavailable.roomForFiles();
    }
  }

  private void receive(List<Upload> sent, NewFiles files, UnknownValues unknown)
      throws IOException {
    Site site = settings.current();
    long most = site.get(Setting.FILE_UPLOADS);
    AllowedTypes allowed = AllowedTypes.of(site.get(Setting.FILE_EXTENSIONS));
    for (Upload upload : sent) {
      String parameter = upload.parameter();
      if (files.all().size() >= most) {
        unknown.add(
            parameter, "%s: no more than %d files are taken at a time.".formatted(parameter, most));
        continue;
      }
      String name = FileName.of(upload.name());
      IncomingFile content = watch.store().receive(upload.open(), name);
      if (allowed.contains(name, content.file().type())) {
        files.add(new NewFile(name, content));
        if (!name.equals(upload.name())) {
          files.addChanged(parameter);
        }
      } else {
        content.close();
        refuse(parameter, unknown);
      }
    }
  }

  private static void refuse(String parameter, UnknownValues unknown) {
    String message = parameter + " is a file of a type that this site does not take.";
    if (!unknown.lenient()) {
      throw UnwantedFile.ofType(parameter, message);
    }
    unknown.add(parameter, message);
  }
}
