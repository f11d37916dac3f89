package io.kbsserver.demo;

import static java.util.Objects.requireNonNull;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.kbsserver.demo.DemoFileRepository.FilePost;
import io.kbsserver.files.FileStores;
import io.kbsserver.files.IncomingFile;
import io.kbsserver.files.StoredFile;
import io.kbsserver.storage.StartupFailure;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the customers of the demo have sent with their tickets. */
@Singleton
class DemoFiles {

  /** A file, and the title of the ticket that it came with. */
  private record Sent(String title, String name, byte[] content) {}

  /** The label that the printer prints, which is blank. */
  private static final String LABEL =
      "iVBORw0KGgoAAAANSUhEUgAAAGAAAAAwAQAAAADGbUJiAAAAGElEQVR42mNgQAb1/+Hg3yhnlEMdDjIAAImsDslyu6xaAAAAAElFTkSuQmCC";

  private static final List<Sent> FILES =
      List.of(
          new Sent(
              "Label printer prints blank labels", "label.png", Base64.getDecoder().decode(LABEL)),
          new Sent(
              "Export stops at 10,000 rows",
              "orders.csv",
              IntStream.rangeClosed(9_990, 10_000)
                  .mapToObj(row -> row + ",88-" + (row % 1_000) + ",shipped")
                  .collect(Collectors.joining("\n", "row,order,status\n", "\n"))
                  .getBytes(StandardCharsets.UTF_8)),
          new Sent(
              "Delivery is missing one box",
              "Lieferschein für 88-1042.txt",
              "Order 88-1042\nBox 1 of 4\nBox 2 of 4\nBox 4 of 4\n"
                  .getBytes(StandardCharsets.UTF_8)));

  private final FileStores stores;
  private final DemoFileRepository rows;
  private final ChangeLog changes;

  DemoFiles(FileStores stores, DemoFileRepository rows, ChangeLog changes) {
    this.stores = stores;
    this.rows = rows;
    this.changes = changes;
  }

  /** Hangs the files that came with it on a ticket. */
  void attach(long ticket, String title) {
    FILES.stream().filter(sent -> sent.title().equals(title)).forEach(sent -> attach(ticket, sent));
  }

  private void attach(long ticket, Sent sent) {
    try (IncomingFile incoming =
        stores.get().receive(new ByteArrayInputStream(sent.content()), sent.name())) {
      StoredFile file = incoming.file();
      long id = requireNonNull(rows.insert(new FilePost(null, "attachment")).id());
      changes.creates(Subject.FILE, id);
      rows.attach(id, ticket, sent.name(), file.sha256(), file.size(), file.type());
      incoming.keep();
    } catch (IOException e) {
      throw new StartupFailure("The files of the demo cannot be kept: " + e.getMessage(), e);
    }
  }
}
