package io.kbsserver.http;

import static io.kbsserver.http.HttpApi.fields;
import static io.kbsserver.http.HttpApi.ticket;

import io.kbsserver.access.Role;
import io.kbsserver.contract.Operation;
import io.kbsserver.http.TestServer.User;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * What addresses of the contract name, made anew for each request.
 *
 * @param agent who opens the tickets, and works on them
 * @param email of the customer whose tickets they are
 */
public record NamedThings(TestServer server, User agent, String email) {

  /** Of a customer with this address, whose tickets somebody opens. */
  public static NamedThings of(TestServer server, String email) {
    return new NamedThings(server, server.user(Role.SUPPORT_AGENT), email);
  }

  /**
   * An address of the operation.
   *
   * @param user whose application passwords it is about, where it is about those
   * @param password makes one more of them
   */
  String address(Operation operation, String user, Supplier<String> password) {
    String address = "/wp-json" + operation.path();
    for (Object name : names(operation, user, password)) {
      address =
          address.replaceFirst(
              OperationRequest.PART, Matcher.quoteReplacement(String.valueOf(name)));
    }
    if (address.contains("{")) {
      throw new AssertionError("It is not said here what there is at " + operation.path());
    }
    return operation.isTakenAsFile() ? address + "?post=" + newTicket() : address;
  }

  /** What stands in an address of the operation, in the places that its path has. */
  public List<?> names(Operation operation, String user, Supplier<String> password) {
    return switch (operation.path().replaceFirst("^/(kbs/v1|wp/v2)", "")) {
      case "/tickets/{idOrNumber}",
          "/tickets/{id}/notes",
          "/tickets/{id}/history",
          "/replies/ticket/{id}" ->
          List.of(newTicket());
      case "/tickets/{id}/notes/{noteId}" -> {
        long ticket = newTicket();
        Map<String, Object> note = fields("note_content", "x");
        yield List.of(ticket, agent.api().post("/" + ticket + "/notes", note).id());
      }
      case "/tickets/{id}/files/{fileId}" -> {
        long ticket = newTicket();
        yield List.of(ticket, server.file(ticket, null, "notes.txt", new byte[] {1}));
      }
      case "/webhooks/{webhookId}",
          "/webhooks/{webhookId}/secrets",
          "/webhooks/{webhookId}/deliveries" ->
          List.of(OperationRequest.newWebhook(server.user(Role.SUPPORT_AGENT).api()).id());
      case "/media/{id}" -> List.of(server.file(newTicket(), null, "notes.txt", new byte[] {1}));
      case "/replies/{id}" ->
          List.of(OperationRequest.reply(agent.api(), newTicket()).assertOk().id());
      case "/customers/{id}" ->
          List.of(server.customer(TestServer.unique("named") + "@example.org", null, null));
      case "/companies/{id}" -> List.of(server.company("Somebody Ltd"));
      case "/agents/{id}", "/users/{id}" -> List.of(agent.id());
      case "/forms/{id}" -> List.of(server.form("Contact"));
      case "/forms/fields/{id}" -> List.of(server.formField(server.form("Contact"), "Name", 0));
      case "/articles/{id}" -> List.of(server.article("How to", "So"));
      case "/{taxonomy}" -> List.of("ticket_tag");
      case "/{taxonomy}/{id}" ->
          List.of("ticket_tag", server.term("ticket_tag", TestServer.unique("tag")));
      case "/users/{userId}/application-passwords/{uuid}" -> List.of(user, password.get());
      case "/users/{userId}/application-passwords",
          "/users/{userId}/application-passwords/introspect" ->
          List.of(user);
      default -> List.of();
    };
  }

  private long newTicket() {
    return agent.api().post("", ticket(email)).assertOk().id();
  }
}
