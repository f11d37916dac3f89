package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.contract.Route;
import io.kbsserver.refusal.UnknownValues;
import io.kbsserver.rest.body.Parameters;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import io.kbsserver.site.SiteSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that a request may give. */
class ParameterNamesTest {

  private static final Contract CONTRACT = Contract.packaged();
  private static final Site SITE = SiteSettings.in(Map.of());

  private final UnknownValues unknown = new UnknownValues(false);

  private static ParameterNames names(String operationId, Site site) {
    Operation operation = CONTRACT.operation(operationId).orElseThrow();
    Route route =
        CONTRACT.routes().stream()
            .filter(candidate -> candidate.path().equals(operation.path()))
            .findFirst()
            .orElseThrow();
    return new ParameterNames(List.of(operation), route, site);
  }

  private Set<String> unknownInQuery(String operationId, Map<String, Object> query, Site site) {
    RequestParameters request =
        RequestParameters.read(Parameters.of(query), Parameters.NONE, false, false);
    names(operationId, site).settled(request, false, unknown);
    return unknown.ignored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "_fields", "_anything", "_embed", "rest_route"})
  void theContractAndWordPressSayWhich(String name) {
    assertEquals(Set.of(), unknownInQuery("listTickets", Map.of(name, "1"), SITE));
  }

  @Test
  void whatNobodyKnowsIsNamedUnlessItIsEmpty() {
    assertEquals(
        Set.of("colour"),
        unknownInQuery("listTickets", Map.of("colour", "red", "shape", ""), SITE));
    assertEquals(
        "colour is no parameter of this operation.", unknown.faults().get("colour").message());
  }

  @Test
  void theVariablesOfARouteAreKnownThere() {
    assertEquals(Set.of(), unknownInQuery("getTicket", Map.of("id", "7"), SITE));
    assertEquals(Set.of("id"), unknownInQuery("listTickets", Map.of("id", "7"), SITE));
  }

  @Test
  void whatTheSiteHasSwitchedOffIsUnknown() {
    Map<String, Object> query = Map.of("ticket_departments", "7");
    assertEquals(Set.of(), unknownInQuery("listTickets", query, SITE));
    Site off = SiteSettings.in(Map.of(Setting.ENABLE_DEPARTMENTS.name(), ""));
    assertEquals(Set.of("ticket_departments"), unknownInQuery("listTickets", query, off));
  }

  @Test
  void aFormIsReadWhereItCounts() {
    Parameters form = Parameters.of(Map.of("ticket_title", "a", "colour", "red", "_x", "1"));
    RequestParameters request = RequestParameters.read(Parameters.NONE, form, false, false);
    names("createTicket", SITE).settled(request, true, unknown);
    assertEquals(Set.of("colour"), unknown.ignored());
    UnknownValues elsewhere = new UnknownValues(false);
    names("listTickets", SITE).settled(request, false, elsewhere);
    assertEquals(Set.of("ticket_title", "colour"), elsewhere.ignored());
    assertEquals(
        "colour is in a form, which is not read here.", elsewhere.faults().get("colour").message());
  }

  @Test
  void jsonIsReadEverywhere() {
    Parameters body = Parameters.of(Map.of("page", 2, "colour", "red"));
    RequestParameters request = RequestParameters.read(Parameters.NONE, body, true, false);
    names("listTickets", SITE).settled(request, false, unknown);
    assertEquals(
        "colour is no parameter of this operation.", unknown.faults().get("colour").message());
    assertEquals(Set.of("colour"), unknown.ignored());
  }

  @Test
  void filesAreKnownWhereTheyAreTaken() {
    Parameters form = new Parameters(Map.of(), Map.of(), Set.of("photo"));
    RequestParameters request = RequestParameters.read(Parameters.NONE, form, false, false);
    names("createTicket", SITE).settled(request, true, unknown);
    assertEquals(Set.of(), unknown.ignored());
    names("updateTicket", SITE).settled(request, true, unknown);
    assertEquals("Nobody takes the file photo", unknown.faults().get("photo").message());
  }

  @Test
  void aNameThatComesAgainIsAListWhereOneIsTaken() {
    Parameters query =
        new Parameters(
            Map.of("include", "2", "_embed", "b"),
            Map.of("include", List.of("1", "2"), "_embed", List.of("a", "b")),
            Set.of());
    RequestParameters settled =
        names("listTickets", SITE)
            .settled(RequestParameters.read(query, query, true, false), false, unknown);
    Map<String, Object> lists = Map.of("include", List.of("1", "2"), "_embed", List.of("a", "b"));
    assertEquals(lists, settled.query());
    assertEquals(lists, settled.inBody().values());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "getTicket, id, 7, 7, false",
        "getTicket, id, 07, 7, false",
        "getTicket, id, 8, 7, true",
        "getTicket, id, '', 7, false",
        "getNamespace, namespace, KBS/v1, -, false",
        "getNamespace, namespace, wp/v2, -, true"
      })
  void thePathDecides(String operation, String name, String given, String path, boolean wrong) {
    Map<String, ?> faults =
        names(operation, SITE)
            .otherThanThePath(
                Map.of(name, given), path == null ? Map.of() : Map.of("idOrNumber", path));
    assertEquals(wrong ? Set.of(name) : Set.of(), faults.keySet());
  }

  @Test
  void aListIsNotWhatThePathSays() {
    assertEquals(
        "namespace is not the namespace in the path.",
        names("getNamespace", SITE)
            .otherThanThePath(Map.of("namespace", List.of("kbs/v1")), Map.of())
            .get("namespace")
            .message());
  }
}
