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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a list of some length of the items that an example shows, so that a client has pages to
 * read. Which there are does not depend on filters; {@code include} says it.
 */
@Singleton
@Requires(beans = MockMode.class)
class ToldLists {

  /** Three pages of the usual size, the last of which is not full. */
  static final int TOTAL = 25;

  private static final int USUAL_SIZE = 10;
  private static final int SIZE_OF_CUSTOMERS = 20;
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
   * @param names what they call otherwise than the path
   * @param arguments the checked parameters
   */
  Page<JsonNode> page(
      Operation operation,
      JsonNode shown,
      Map<String, String> names,
      Map<String, Object> arguments) {
    Window window =
        new Window(
            number(arguments.get("page"), 1),
            Math.toIntExact(size(arguments)),
            arguments.get("offset") == null ? null : number(arguments.get("offset"), 0));
    List<Long> ids = ids(shown, names, arguments);
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
        .map(place -> examples.item(shown.get(place % shown.size()), ids.get(place), names));
  }

  /** What is included, or those around the first that is shown, as far as ids go. */
  private static List<Long> ids(
      JsonNode shown, Map<String, String> names, Map<String, Object> arguments) {
    if (arguments.get("include") instanceof Collection<?> included && !included.isEmpty()) {
      Stream<Long> ids = included.stream().map(id -> Long.parseLong(id.toString())).distinct();
      return "include".equals(String.valueOf(arguments.get("orderby")))
          ? ids.toList()
          : ids.sorted(order(shown, arguments)).toList();
    }
    String first = String.valueOf(id(shown, 0));
    long last = Math.max(Long.parseLong(names.getOrDefault(first, first)), TOTAL);
    return LongStream.rangeClosed(last - TOTAL + 1, last)
        .boxed()
        .sorted(order(shown, arguments))
        .toList();
  }

  /** As it is asked for; where nobody can ask, as the example has it. */
  private static Comparator<Long> order(JsonNode shown, Map<String, Object> arguments) {
    Object order = arguments.get("order");
    boolean descending =
        order == null ? id(shown, 0) > id(shown, 1) : order.toString().equals("desc");
    return descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
  }

  private static long id(JsonNode shown, int place) {
    return shown.path(place).path("id").asLong(Long.MAX_VALUE);
  }

  /** Customers may be asked for by the plugin's name for it as well. */
  private static long size(Map<String, Object> arguments) {
    long number = number(arguments.get("number"), USUAL_SIZE);
    long otherwise = number < 1 ? SIZE_OF_CUSTOMERS : Math.min(number, LARGEST_SIZE);
    return number(arguments.get("per_page"), otherwise);
  }

  private static long number(@Nullable Object given, long otherwise) {
    return given == null ? otherwise : Long.parseLong(given.toString());
  }
}
