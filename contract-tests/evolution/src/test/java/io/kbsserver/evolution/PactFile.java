package io.kbsserver.evolution;

import au.com.dius.pact.core.model.DefaultPactReader;
import au.com.dius.pact.core.model.Interaction;
import au.com.dius.pact.core.model.Pact;
import au.com.dius.pact.core.model.messaging.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one consumer relies on.
 *
 * @param name of the file
 * @param interactions in the order of the file
 */
record PactFile(
    String name, String consumer, String provider, Lines lines, List<Interaction> interactions) {

  private static final Path COMMITTED = Edition.HOUSE.resolve("contract-tests/pacts");
  private static final Path OF_MESSAGES = Edition.HOUSE.resolve("contract-tests/message-pacts");
  static final String PROVIDER = "kbs-server";
  private static final Set<String> YOUNGER =
      Set.of(
          "agents-reply-desk",
          "bulk-editor",
          "contract-coverage",
          "copy-keeper",
          "crm-sync",
          "customer-thread",
          "form-widget",
          "help-widget",
          "history-viewer",
          "media-picker",
          "note-taker",
          "password-keeper",
          "portal-downloads",
          "queue-cleaner",
          "retrying-client",
          "staff-directory",
          "term-keeper",
          "webhook-keeper",
          "wordpress-client");

  /** Those of our own consumers, and those for this server in {@code -Dpact.folder}. */
  static List<PactFile> all() {
    String others = System.getProperty("pact.folder");
    return Stream.concat(
            ours().stream(),
            others == null ? Stream.of() : ofOthers(Edition.asked(others)).stream())
        .toList();
  }

  /** Those of our own consumers. */
  static List<PactFile> ours() {
    return Stream.concat(in(COMMITTED).stream(), in(OF_MESSAGES).stream()).toList();
  }

  /** Those of our own consumers who ask for nothing that is younger than release 1.0.0. */
  static List<PactFile> ofFirstRelease() {
    return in(COMMITTED).stream().filter(pact -> !YOUNGER.contains(pact.consumer())).toList();
  }

  static List<PactFile> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Unjudgeable("there is no folder " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(PactFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Consumers often keep the pacts of all their providers in one folder. */
  private static List<PactFile> ofOthers(Path folder) {
    List<PactFile> pacts =
        in(folder).stream().filter(pact -> pact.provider().equals(PROVIDER)).toList();
    if (pacts.isEmpty()) {
      throw new Unjudgeable("no pact in " + folder + " names the provider " + PROVIDER);
    }
    return pacts;
  }

  private static PactFile read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PactFile parse(String name, String json) {
    Lines lines;
    try {
      lines = Lines.of(json);
    } catch (IOException e) {
      throw new Unjudgeable(name + " is no JSON");
    }
    Pact pact = pact(name, json);
    return new PactFile(
        name,
        pact.getConsumer().getName(),
        pact.getProvider().getName(),
        lines,
        pact.getInteractions());
  }

  private static Pact pact(String name, String json) {
    try {
      return DefaultPactReader.INSTANCE.loadPact(json);
    } catch (RuntimeException e) {
      throw new Unjudgeable(name + " is no pact");
    }
  }

  /** All that is said in the file. */
  Stream<Said> said() {
    return IntStream.range(0, interactions.size())
        .mapToObj(i -> new Said(this, pointer(i), interactions.get(i)));
  }

  /** Before version 4, messages stand in a list of their own. */
  private String pointer(int i) {
    return (interactions.get(i) instanceof Message ? "/messages/" : "/interactions/") + i;
  }
}
