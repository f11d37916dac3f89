package io.kbsserver.evolution;

import io.kbsserver.evolution.Change.Compatible;
import io.kbsserver.evolution.Change.Incompatible;
import io.kbsserver.evolution.Change.Promise;
import io.kbsserver.evolution.Change.Renamed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides whether the contract may be what it is.
 *
 * @param releases the contracts that were released, the oldest first
 * @param changelog the text of CHANGELOG.md
 * @param today what has come to its sunset by then may go
 */
record Gate(List<Edition> releases, String changelog, LocalDate today) {

  /** The gate after the releases in the tree. */
  static Gate ofThisBuild() {
    try {
      String changelog = Files.readString(Edition.HOUSE.resolve("CHANGELOG.md"));
      return new Gate(Edition.releases(Edition.RELEASED), changelog, LocalDate.now(ZoneOffset.UTC));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has to be done before the contract may stay so; empty if nothing has. */
  List<String> findings(Edition working) {
    return findings(working, changes(latest(), working));
  }

  /** The same where it is known what has changed since the latest release. */
  List<String> findings(Edition working, Set<Change> changes) {
    List<String> findings = new ArrayList<>();
    ofVersion(working, changes).ifPresent(findings::add);
    if (!changes.isEmpty()) {
      Set<Change> broken = Sunsets.broken(releases, working, today);
      if (!broken.isEmpty()) {
        findings.add(
            ("Nothing goes before a release has called it deprecated and its sunset has come, in no"
                    + " version. Take these back, and mark first what is to go:%s")
                .formatted(lines(broken, Change.class)));
      }
    }
    return findings;
  }

  private Optional<String> ofVersion(Edition working, Set<Change> changes) {
    Edition latest = latest();
    if (!Version.is(working.versionText())) {
      return Optional.of(
          "The contract says that it is version \"%s\". A version is three numbers, such as %s."
              .formatted(working.versionText(), latest.version().nextMinor()));
    }
    Version version = working.version();
    if (version.compareTo(latest.version()) < 0) {
      return Optional.of(
          "The contract says that it is version %s, but %s is released. A version never goes back."
              .formatted(version, latest.version()));
    }
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    if (changes.stream().anyMatch(Incompatible.class::isInstance)
        && version.major() == latest.version().major()) {
      return Optional.of(
          ("Clients of version %s would break. Take these changes back, or make it version %s, with"
                  + " an entry \"Contract %s\" in CHANGELOG.md:%s")
              .formatted(
                  latest.version(),
                  latest.version().nextMajor(),
                  latest.version().nextMajor(),
                  lines(changes, Incompatible.class)));
    }
    if (version.compareTo(latest.version().nextMinor()) < 0) {
      return Optional.of(
          ("Version %s is released and stays as it is. Make it version %s, with an entry"
                  + " \"Contract %s\" in CHANGELOG.md, for these changes:%s")
              .formatted(
                  latest.version(),
                  latest.version().nextMinor(),
                  latest.version().nextMinor(),
                  lines(changes, Change.class)));
    }
    return undocumented(version, changes);
  }

  /** The contract that clients hold us to. */
  Edition latest() {
    return releases.get(releases.size() - 1);
  }

  /** What clients of the old contract may trip over, whatever the version is. */
  static List<String> breaking(Set<Change> changes) {
    return linesOf(changes, Incompatible.class);
  }

  /** What is called otherwise in clients that are generated anew. */
  static List<String> renamed(Set<Change> changes) {
    return linesOf(changes, Renamed.class);
  }

  private static List<String> linesOf(Set<Change> changes, Class<? extends Change> kind) {
    return lines(changes, kind).lines().filter(line -> !line.isEmpty()).map(String::strip).toList();
  }

  /**
   * What has changed in meaning.
   *
   * @throws Unjudgeable where the working contract refers to what is not in it
   */
  static Set<Change> changes(Edition released, Edition working) {
    PlainShape.demandOwn(working.tree());
    Edition named = PathVariables.asIn(released, working);
    Set<Change> changes = new LinkedHashSet<>(FoundByOpenApiDiff.between(released, named));
    changes.addAll(MissedByOpenApiDiff.between(released, named));
    changes.addAll(NamesInClients.changed(released, named));
    changes.addAll(PathVariables.renamed(released, working));
    if (changes.isEmpty() && !released.meaning().equals(named.meaning())) {
      changes.add(
          new Incompatible("The contract", "", "has changed in a way that nothing here can judge"));
    }
    return changes;
  }

  private Optional<String> undocumented(Version version, Set<Change> changes) {
    String entry = entry(version);
    if (entry.isEmpty()) {
      return Optional.of(
          "CHANGELOG.md has no entry that names \"Contract %s\", for these changes:%s"
              .formatted(version, lines(changes, Change.class)));
    }
    Set<Change> quiet =
        changes.stream()
            .filter(Promise.class::isInstance)
            .filter(change -> !entry.contains("`" + ((Promise) change).field() + "`"))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (quiet.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ("Clients made for version %s fail against a server of the version before, which does not"
                + " always send these. Name each in backticks in the entry \"Contract %s\" of"
                + " CHANGELOG.md:%s")
            .formatted(version, version, lines(quiet, Change.class)));
  }

  /** The entries of the changelog that name a version of the contract. */
  private String entry(Version version) {
    Pattern name =
        Pattern.compile("\\bContract " + Pattern.quote(version.toString()) + "(?![.\\d])");
    return Pattern.compile("(?m)^(?=- |#)")
        .splitAsStream(changelog)
        .filter(part -> name.matcher(part).find())
        .collect(Collectors.joining());
  }

  /** The changes of a kind, each once, with the operations that have it. */
  private static String lines(Set<Change> changes, Class<? extends Change> kind) {
    Map<String, List<String>> operations = new LinkedHashMap<>();
    for (Change change : changes) {
      if (kind.isInstance(change)) {
        String what =
            change.place().isEmpty() ? change.what() : change.place() + " " + change.what();
        operations
            .computeIfAbsent(mark(change) + what, same -> new ArrayList<>())
            .add(change.operation());
      }
    }
    return operations.entrySet().stream()
        .map(entry -> "%n  %s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
        .collect(Collectors.joining());
  }

  private static String mark(Change change) {
    if (change instanceof Incompatible) {
      return "- ";
    }
    if (change instanceof Renamed) {
      return "~ ";
    }
    return change instanceof Compatible ? "+ " : "* ";
  }
}
