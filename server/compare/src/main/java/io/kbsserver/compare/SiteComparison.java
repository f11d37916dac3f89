package io.kbsserver.compare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.compare.Finding.Known;
import io.kbsserver.compare.Finding.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks two sites the same, one request after the other. */
public final class SiteComparison {

  /** Is told how it gets on. */
  @FunctionalInterface
  public interface Progress {
    /** So many requests of all are done. */
    void advanced(int done, int total);
  }

  private static final int MOST_DIFFERENCES = 20;
  private static final int MOST_DETAILED = 500;
  private static final int LONGEST = 500;

  /** After so many in a row there is nobody to ask. */
  private static final int MOST_FAILURES = 5;

  private static final String FIRST = "the first page of a login is read before its requests";

  private final LiveSite original;
  private final LiveSite replacement;
  private final List<Deviation> deviations = Deviation.all();
  private final Map<Login, ShownFacts> facts = new HashMap<>();
  private final Map<Login, FailingTickets> failures = new HashMap<>();
  private boolean listsNothing;

  /** Of a site with the one that is to stand in for it. */
  public SiteComparison(LiveSite original, LiveSite replacement) {
    this.original = original;
    this.replacement = replacement;
  }

  /**
   * Sees whether both sites know a login: otherwise they would agree about everything, since they
   * refuse it.
   *
   * @return the tickets of the first page of either; none where neither site shows any
   * @throws CompareException if a site cannot be reached, lists nothing because it is another one,
   *     or refuses the login
   */
  public List<JsonNode> firstPage(Login login) throws InterruptedException {
    SiteAnswer answer = firstPage(original, login);
    SiteAnswer other = firstPage(replacement, login);
    List<JsonNode> ours = Situation.tickets(other);
    ShownFacts known;
    if (answer.status() == 400 && answer.params().contains("status")) {
      // No status was asked for: it is its own that it refuses.
      listsNothing = true;
      known = singleTickets(login, ours);
    } else {
      known = ShownFacts.of(login, answer);
    }
    failures.put(login, new FailingTickets(original, login, ours));
    ours.forEach(known::maySee);
    facts.put(login, known);
    Map<String, JsonNode> tickets = new LinkedHashMap<>();
    Stream.concat(Situation.tickets(answer).stream(), ours.stream())
        .forEach(ticket -> tickets.putIfAbsent(Situation.id(ticket), ticket));
    return List.copyOf(tickets.values());
  }

  private ShownFacts singleTickets(Login login, List<JsonNode> tickets)
      throws InterruptedException {
    List<JsonNode> shown = new ArrayList<>();
    boolean limited = false;
    for (JsonNode ticket : tickets) {
      SiteAnswer answer = ask(original, FirstCheck.ticket(ticket.path("id").asLong(), login));
      limited |= answer.status() == 403;
      if (answer.status() == 200) {
        shown.addAll(Situation.tickets(answer));
      }
    }
    return ShownFacts.ofSingle(login, shown, limited);
  }

  private static SiteAnswer ask(LiveSite site, ReadRequest request) throws InterruptedException {
    try {
      return site.send(request);
    } catch (IOException e) {
      throw new CompareException(site + " cannot be reached: " + e.getMessage(), e);
    }
  }

  private static SiteAnswer firstPage(LiveSite site, Login login) throws InterruptedException {
    SiteAnswer answer = ask(site, FirstCheck.firstPage(login));
    if (answer.status() == 401) {
      throw new CompareException(
          site + " does not know " + login.name() + " with this application password");
    }
    if (answer.status() >= 300 && answer.status() < 400) {
      throw new CompareException(
          site
              + " redirects to "
              + answer.headers().getOrDefault("location", "nowhere").replaceFirst("[?#].*", "")
              + ", which is not followed: give the address that answers");
    }
    if (answer.status() == 404 || answer.status() == 200 && answer.isText()) {
      throw new CompareException(
          site
              + " has no tickets there: KB Support may be switched off, the site in a folder, or"
              + " without permalinks (then give https://example.com/?rest_route=/)");
    }
    return answer;
  }

  /** Sends all requests to both, the original first. */
  public SiteReport run(List<ReadRequest> requests, Map<Skip, Integer> skipped, Progress progress)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Grouping grouping = new Grouping();
    int detailed = 0;
    int failures = 0;
    while (findings.size() < requests.size() && failures < MOST_FAILURES) {
      Finding finding = compare(requests.get(findings.size()), grouping);
      failures = finding.outcome() == Outcome.FAILED ? failures + 1 : 0;
      detailed += finding.differences().isEmpty() ? 0 : 1;
      findings.add(detailed > MOST_DETAILED ? finding.brief() : finding);
      progress.advanced(findings.size(), requests.size());
    }
    String stopped =
        failures < MOST_FAILURES
            ? null
            : "stopped after "
                + findings.size()
                + " of "
                + requests.size()
                + " requests, since the last "
                + MOST_FAILURES
                + " failed";
    return new SiteReport(
        original.address(),
        replacement.address(),
        listsNothing,
        List.copyOf(findings),
        grouping.groups(deviations),
        skipped,
        stopped);
  }

  private Finding compare(ReadRequest request, Grouping grouping) throws InterruptedException {
    SiteAnswer wanted;
    SiteAnswer got;
    ShownFacts known;
    LiveSite asked = original;
    try {
      wanted = original.send(request);
      asked = replacement;
      got = replacement.send(request);
      known = factsAbout(request, wanted, got);
    } catch (IOException e) {
      return new Finding(
          request, Outcome.FAILED, 0, List.of(), 0, asked + " did not answer: " + e.getMessage());
    }
    if (wanted.status() >= 500 && got.status() >= 500) {
      // Nobody has answered: that is nothing to agree about.
      String both = "both sites failed: " + wanted.status() + " and " + got.status();
      return new Finding(request, Outcome.FAILED, wanted.status(), List.of(), 0, both);
    }
    Situation situation =
        new Situation(
            Occasion.live(request.route(), request.headers().toString()), wanted, got, known);
    grouping.request();
    List<Known> differences = new ArrayList<>();
    for (Difference difference : Comparison.of(request.method(), wanted, got, Leeway.NONE)) {
      Deviation row = explaining(situation, difference);
      Difference excerpt = difference.excerpt(LONGEST);
      grouping.add(request.title(), excerpt, row);
      differences.add(new Known(excerpt, row == null ? null : row.id()));
    }
    List<Known> shown =
        List.copyOf(differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size())));
    return new Finding(
        request,
        outcome(differences),
        wanted.status(),
        shown,
        differences.size() - shown.size(),
        null);
  }

  private ShownFacts factsAbout(ReadRequest request, SiteAnswer wanted, SiteAnswer got)
      throws IOException, InterruptedException {
    if (request.login() == null) {
      return ShownFacts.ofNobody(listsNothing);
    }
    ShownFacts known = requireNonNull(facts.get(request.login()), FIRST);
    if (wanted.status() != 500 || got.status() != 200) {
      return known;
    }
    SiteAnswer shown =
        request.method().equals("HEAD")
            ? replacement.send(
                new ReadRequest("GET", request.path(), request.headers(), request.login()))
            : got;
    FailingTickets failing = requireNonNull(failures.get(request.login()), FIRST);
    boolean seesAll = !known.mayBeCustomer() && !known.mayBeRestrictedAgent();
    return known.meeting(failing.explain(Situation.unwrapped(shown), seesAll));
  }

  private static Outcome outcome(List<Known> differences) {
    if (differences.isEmpty()) {
      return Outcome.AGREES;
    }
    return differences.stream().allMatch(difference -> difference.row() != null)
        ? Outcome.EXPLAINED
        : Outcome.DIFFERS;
  }

  private @Nullable Deviation explaining(Situation situation, Difference difference) {
    return deviations.stream()
        .filter(deviation -> deviation.claims(situation, difference).isPresent())
        .findFirst()
        .orElse(null);
  }
}
