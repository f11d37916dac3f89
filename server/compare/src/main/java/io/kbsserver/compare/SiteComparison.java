package io.kbsserver.compare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kbsserver.compare.Finding.Known;
import io.kbsserver.compare.Finding.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** Of a site with the one that is to stand in for it. */
  public SiteComparison(LiveSite original, LiveSite replacement) {
    this.original = original;
    this.replacement = replacement;
  }

  /**
   * Sees whether both sites know a login: otherwise they would agree about everything, since they
   * refuse it.
   *
   * @return the first page of tickets; an empty one where neither site lists tickets
   * @throws CompareException if a site cannot be reached, or refuses the login
   */
  public JsonNode firstPage(Login login) throws InterruptedException {
    SiteAnswer answer = firstPage(original, login);
    SiteAnswer other = firstPage(replacement, login);
    ShownFacts known = ShownFacts.of(login, answer);
    failures.put(login, new FailingTickets(original, login, Situation.tickets(other)));
    Situation.tickets(other).forEach(known::maySee);
    facts.put(login, known);
    SiteAnswer page = answer.body() != null && answer.body().isArray() ? answer : other;
    return page.body() == null ? MissingNode.getInstance() : page.body();
  }

  private static SiteAnswer firstPage(LiveSite site, Login login) throws InterruptedException {
    SiteAnswer answer;
    try {
      answer = site.send(FirstCheck.firstPage(login));
    } catch (IOException e) {
      throw new CompareException(site + " cannot be reached: " + e.getMessage(), e);
    }
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
    return answer;
  }

  /** Sends all requests to both, the original first. */
  public SiteReport run(List<ReadRequest> requests, Map<Skip, Integer> skipped, Progress progress)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    int detailed = 0;
    int failures = 0;
    while (findings.size() < requests.size() && failures < MOST_FAILURES) {
      Finding finding = compare(requests.get(findings.size()));
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
        original.address(), replacement.address(), List.copyOf(findings), skipped, stopped);
  }

  private Finding compare(ReadRequest request) throws InterruptedException {
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
    Situation situation =
        new Situation(
            Occasion.live(request.line(), request.headers().toString()), wanted, got, known);
    List<Known> differences =
        Comparison.of(request.method(), wanted, got, Leeway.NONE).stream()
            .map(difference -> known(situation, difference))
            .toList();
    List<Known> shown = differences.stream().limit(MOST_DIFFERENCES).toList();
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
      return ShownFacts.OF_NOBODY;
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

  private Known known(Situation situation, Difference difference) {
    String row =
        deviations.stream()
            .filter(deviation -> deviation.claims(situation, difference).isPresent())
            .map(Deviation::id)
            .findFirst()
            .orElse(null);
    return new Known(difference.excerpt(LONGEST), row);
  }
}
