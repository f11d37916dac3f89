package io.kbsserver.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts differences together that have the same field and row. */
final class Grouping {

  private static final Pattern INDEX = Pattern.compile("\\[(?:id )?\\d+]");

  /** A field says too little about them: what matters is from which to which. */
  private static final Pattern WITH_VALUES = Pattern.compile("status|code");

  private record Kind(String field, @Nullable Deviation row) {}

  private final Map<Kind, DifferenceGroup> groups = new LinkedHashMap<>();
  private final Map<Kind, Integer> lastRequest = new LinkedHashMap<>();
  private int requests;

  /** A request whose differences follow. */
  void request() {
    requests++;
  }

  /** Adds a difference between the answers to the request. */
  void add(String request, Difference difference, @Nullable Deviation row) {
    Kind kind = new Kind(field(difference), row);
    Integer last = lastRequest.put(kind, requests);
    int another = last != null && last == requests ? 0 : 1;
    groups.merge(
        kind,
        new DifferenceGroup(kind.field(), row, 1, 1, request, difference),
        (before, one) ->
            new DifferenceGroup(
                before.field(),
                row,
                before.count() + 1,
                before.requests() + another,
                before.example(),
                before.difference()));
  }

  /** All groups: first what no row explains, then row by row; the largest first. */
  List<DifferenceGroup> groups(List<Deviation> rows) {
    List<DifferenceGroup> all = new ArrayList<>(groups.values());
    all.sort(
        Comparator.<DifferenceGroup>comparingInt(group -> rows.indexOf(group.row()))
            .thenComparing(Comparator.comparingInt(DifferenceGroup::count).reversed()));
    return List.copyOf(all);
  }

  /** A field of a ticket is the same alone and in a list. */
  private static String field(Difference difference) {
    return WITH_VALUES.matcher(difference.where()).matches()
        ? difference.toString()
        : INDEX.matcher(difference.where()).replaceAll("[]").replaceFirst("^body\\[]\\.", "body.");
  }
}
