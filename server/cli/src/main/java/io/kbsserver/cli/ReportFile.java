package io.kbsserver.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kbsserver.storage.StartupFailure;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportProgress;
import io.kbsserver.wordpress.report.ImportReport.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** A file with every remark of an import, one JSON object a line. */
final class ReportFile implements ImportProgress, AutoCloseable {
  private final String name;
  private final BufferedWriter writer;
  private final JsonGenerator json;
  private final ImportProgress next;

  private ReportFile(String name, BufferedWriter writer, ImportProgress next) throws IOException {
    this.name = name;
    this.writer = writer;
    this.json = new JsonFactory().createGenerator(writer).setRootValueSeparator(null);
    this.next = next;
  }

  /** Begins a file anew; what it is told goes on to the next one. */
  static ReportFile begin(String file, ImportProgress next) {
    try {
      return new ReportFile(file, Files.newBufferedWriter(Path.of(file)), next);
    } catch (IOException | InvalidPathException e) {
      throw new StartupFailure("The report cannot be written to " + file, e);
    }
  }

  @Override
  public void stage(String kind, long done, long total) {
    next.stage(kind, done, total);
  }

  @Override
  public synchronized void problem(Problem problem) {
    try {
      json.writeStartObject();
      json.writeStringField("kind", problem.kind());
      json.writeNumberField("id", problem.id());
      json.writeStringField("outcome", problem.outcome().name().toLowerCase(Locale.ROOT));
      json.writeStringField("what", problem.what());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw failed(e);
    }
    next.problem(problem);
  }

  @Override
  public synchronized void close() {
    try {
      json.close();
      writer.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private ImportException failed(IOException e) {
    return new ImportException(
        "The report cannot be written to " + name + "; the import stopped. Run it again to go on.",
        e);
  }
}
