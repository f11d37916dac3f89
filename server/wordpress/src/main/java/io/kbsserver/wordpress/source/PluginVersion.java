package io.kbsserver.wordpress.source;

import io.kbsserver.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of KB Support that wrote a database, beside the one whose behaviour is known. */
public final class PluginVersion {

  /** The version that was recorded. */
  static final String KNOWN = "1.6.1";

  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})*)(.*)");

  private PluginVersion() {}

  /**
   * What there is to say about it; nothing of the known one.
   *
   * @param stored the option in which the plugin keeps its version; null where it has none
   */
  public static Optional<String> remark(@Nullable String stored) {
    Matcher version = NUMBERS.matcher(stored == null ? "" : stored.strip());
    if (!version.matches()) {
      return Optional.of(
          "the version of KB Support is not known (there is no kbs_version); what is known is how "
              + KNOWN
              + " behaves: compare both before you switch");
    }
    int order = compare(numbers(version.group(1)), numbers(KNOWN));
    if (order == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "the site runs KB Support "
            + PlainText.start(version.group(), 40)
            + ", which is "
            + (order > 0 ? "newer" : "older")
            + " than "
            + KNOWN
            + ", the version whose behaviour is known; what it does otherwise may be missing here:"
            + " compare both before you switch");
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : version.split("\\.")) {
      numbers.add(Integer.valueOf(number));
    }
    return numbers;
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      int order =
          Integer.compare(i < one.size() ? one.get(i) : 0, i < other.size() ? other.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
