package io.kbsserver.list;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import java.util.Map;

/** What every list is asked for, beside filters of its own. */
public record ListRequest(Window window, Selection selection, Sort sort) {

  /** Refuses the order of {@code include} where nothing is included. */
  public ListRequest {
    if (sort.key() instanceof Sort.Key.Include && selection.include().isEmpty()) {
      String message = "You need to define an include parameter to order by include.";
      String code = "rest_orderby_include_missing_include";
      throw new InvalidParameters(code, message, Map.of("include", new Fault(code, message)));
    }
  }
}
