package io.kbsserver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.contract.Example;
import io.kbsserver.contract.Operation;
import io.kbsserver.list.Page;
import io.kbsserver.list.Page.BehindTheEnd;
import io.kbsserver.list.Window;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a list of some length of the items that an example shows, so that a client has pages to
 * read. Which there are does not depend on filters; {@code include} says it.
 */
@Singleton
@Requires(beans = MockMode.class)
class ToldLists {

  /** Three pages of the usual size, the last of which is not full. */
  private static final int TOTAL = 25;

  private static final int USUAL_SIZE = 10;
  private static final int LARGEST_SIZE = 100;

  /** Those that say nothing of a page that is not there. */
  private static final Set<String> WITHOUT_END =
      Set.of("listAgents", "listCustomers", "listTerms", "listUsers");

  private final ToldExamples examples;

  ToldLists(ToldExamples examples) {
    this.examples = examples;
  }

  /** Whether this is an example of a list that has pages. */
  static boolean isShownBy(Example example) {
    return example.headers().containsKey("X-WP-TotalPages");
  }

  /**
   * The page of a list that is asked for.
   *
   * @param shown the items of the example
   * @param arguments the checked parameters
   */
  Page<JsonNode> page(Operation operation, JsonNode shown, Map<String, Object> arguments) {
    Window window =
        new Window(
            number(arguments.get("page"), 1),
            Math.toIntExact(size(arguments)),
            arguments.get("offset") == null ? null : number(arguments.get("offset"), 0));
    List<Long> ids = ids(shown, arguments);
    List<Integer> found =
        LongStream.range(window.skipped(), ids.size())
            .limit(window.perPage())
            .mapToObj(Math::toIntExact)
            .toList();
    return Page.of(
            found,
            window,
            WITHOUT_END.contains(operation.id()) ? BehindTheEnd.NOTHING : BehindTheEnd.OF_POSTS,
            ids::size)
        .map(place -> examples.item(shown.get(place % shown.size()), ids.get(place)));
  }

  /** What is included, or those around the first that is shown, as far as ids go. */
  private static List<Long> ids(JsonNode shown, Map<String, Object> arguments) {
    if (arguments.get("include") instanceof Collection<?> included && !included.isEmpty()) {
      return included.stream()
          .map(id -> Long.parseLong(id.toString()))
          .distinct()
          .collect(Collectors.toList());
    }
    long first = shown.path(0).path("id").asLong();
    return "desc".equals(String.valueOf(arguments.get("order")))
        ? LongStream.range(0, TOTAL).mapToObj(i -> Math.max(first, TOTAL) - i).toList()
        : LongStream.range(0, TOTAL).mapToObj(i -> first + i).toList();
  }

  /** Customers may be asked for by the plugin's name for it as well. */
  private static long size(Map<String, Object> arguments) {
    long number = number(arguments.get("number"), 0);
    return number(
        arguments.get("per_page"), number < 1 ? USUAL_SIZE : Math.min(number, LARGEST_SIZE));
  }

  private static long number(@Nullable Object given, long otherwise) {
    return given == null ? otherwise : Long.parseLong(given.toString());
  }
}
