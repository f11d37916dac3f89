package io.kbsserver.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose the tickets are that one customer's login was shown. They can be one customer's to see if
 * they are his own, his company's or such that he takes part in; whose tickets differ in all of
 * that cannot.
 */
final class Owners {

  /** What of a ticket decides who may see it. */
  private record Owner(long customer, long company, String email, Set<String> participants) {

    static Owner of(JsonNode data) {
      Set<String> participants = new TreeSet<>();
      data.path("participants").forEach(one -> participants.add(lower(one)));
      participants.remove("");
      return new Owner(
          data.path("customer").asLong(),
          data.path("company").asLong(),
          lower(data.path("email")),
          participants);
    }

    private static String lower(JsonNode text) {
      return text.asText("").toLowerCase(Locale.ROOT);
    }

    boolean names(Set<String> emails) {
      return emails.contains(email) || participants.stream().anyMatch(emails::contains);
    }
  }

  private final Set<Owner> seen = new HashSet<>();
  private final Set<String> login;

  /**
   * Nothing was shown yet.
   *
   * @param login the name that the customer logs in with, which may be an e-mail address
   */
  Owners(String login) {
    this.login = login.contains("@") ? Set.of(login.toLowerCase(Locale.ROOT)) : Set.of();
  }

  /** Whether a ticket can be the same customer's as all before; it is remembered if so. */
  boolean fits(JsonNode ticket) {
    JsonNode data = ticket.path("ticket_data");
    if (!data.has("customer")) {
      return true; // It is not shown whose it is.
    }
    Owner owner = Owner.of(data);
    if (seen.contains(owner)) {
      return true;
    }
    Set<Owner> all = new HashSet<>(seen);
    all.add(owner);
    if (owner.customer() <= 0 || !areOfOne(all)) {
      return false;
    }
    return seen.add(owner);
  }

  private boolean areOfOne(Set<Owner> all) {
    return numbers(all, Owner::customer).stream().anyMatch(one -> areOf(one, all))
        || numbers(all, Owner::company).stream()
            .anyMatch(
                one -> all.stream().allMatch(owner -> owner.company() == one || owner.names(login)))
        || emails(all).anyMatch(one -> all.stream().allMatch(owner -> owner.names(Set.of(one))));
  }

  /** Whether a customer who wrote some of them may see all. */
  private boolean areOf(long customer, Set<Owner> all) {
    Set<Owner> own =
        all.stream().filter(owner -> owner.customer() == customer).collect(Collectors.toSet());
    Set<Long> companies = numbers(own, Owner::company);
    Set<String> emails =
        Stream.concat(login.stream(), own.stream().map(Owner::email))
            .filter(email -> !email.isEmpty())
            .collect(Collectors.toSet());
    return all.stream()
        .allMatch(
            owner ->
                own.contains(owner) || companies.contains(owner.company()) || owner.names(emails));
  }

  private Stream<String> emails(Set<Owner> all) {
    return login.isEmpty() ? all.stream().flatMap(o -> o.participants().stream()) : login.stream();
  }

  private static Set<Long> numbers(Set<Owner> owners, ToLongFunction<Owner> number) {
    return owners.stream()
        .map(number::applyAsLong)
        .filter(one -> one > 0)
        .collect(Collectors.toSet());
  }
}
