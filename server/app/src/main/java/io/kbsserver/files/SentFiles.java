package io.kbsserver.files;

import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.refusal.UnwantedFile;
import io.kbsserver.rest.body.UploadedFiles;
import io.kbsserver.rest.body.UploadedFiles.Upload;
import io.kbsserver.storage.StartupFailure;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes the files that came with a request, for whatever they are to hang on. */
@Singleton
public class SentFiles {

  private final FileIntake intake;

  SentFiles(FileIntake intake) {
    this.intake = intake;
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
   * The same where only one file is taken, and only as this parameter or as the body.
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
        sent.stream()
            .filter(upload -> List.of(parameter, UploadedFiles.BODY).contains(upload.parameter()))
            .findFirst();
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
      throw intake.notStored(e);
    }
  }

  private void receive(List<Upload> sent, NewFiles files, UnknownValues unknown)
      throws IOException {
    for (Upload upload : sent) {
      String parameter = upload.parameter();
      String name = FileName.of(upload.name());
      switch (intake.take(files, name, upload::open)) {
        case TAKEN -> {
          if (!name.equals(upload.name())) {
            files.addChanged(parameter);
          }
        }
        case UNWANTED -> refuse(parameter, unknown);
        case TOO_MANY ->
            unknown.add(
                parameter,
                "%s: no more than %d files are taken at a time."
                    .formatted(parameter, files.all().size()));
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
