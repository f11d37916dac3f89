package io.kbsserver.compare;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what our answer says about a list fits together: its total, the number of pages, the page
 * and the links to others.
 *
 * @param situation the request with both answers
 * @param got our answer, without an envelope
 */
record Pages(Situation situation, SiteAnswer got) {

  private static final Pattern RELATION = Pattern.compile("rel=\"(prev|next)\"");

  static Pages of(Situation situation) {
    return new Pages(situation, Situation.unwrapped(situation.got()));
  }

  boolean addUp() {
    long perPage = Math.max(1, situation.number("per_page", 10));
    long page = Math.max(1, situation.number("page", 1));
    long offset = Math.abs(situation.number("offset", 0));
    long before = offset > 0 ? offset : (page - 1) * perPage;
    if (isPastTheEnd(got)) {
      return page > 1 && situation.facts().total().orElse(0) <= before;
    }
    long total = number(got, "x-wp-total");
    long pages = (total + perPage - 1) / perPage;
    boolean counted =
        total >= 0
            && (isPastTheEnd(situation.wanted()) || total <= totalOf(situation.wanted()))
            && number(got, "x-wp-totalpages") == pages
            && situation.facts().total().orElse(total) == total;
    long items = Math.max(0, Math.min(perPage, total - before));
    boolean filled =
        got.body() == null || !got.body().isArray() || Situation.tickets(got).size() == items;
    return counted && filled && linksTo("next") == page < pages && (page < 2 || linksTo("prev"));
  }

  /** An answer to HEAD has no code: it can be that of a later page only. */
  private boolean isPastTheEnd(SiteAnswer answer) {
    boolean headOnly = situation.occasion().request().startsWith("HEAD ");
    return answer.code().equals("rest_post_invalid_page_number")
        || headOnly && answer.status() == 400 && situation.number("page", 1) > 1;
  }

  /** How many tickets an answer says there are; -1 where it says nothing. */
  static long totalOf(SiteAnswer answer) {
    return number(Situation.unwrapped(answer), "x-wp-total");
  }

  private static long number(SiteAnswer answer, String header) {
    Map<String, String> headers = answer.headers();
    String value = headers.getOrDefault(header, "");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : -1;
  }

  private boolean linksTo(String relation) {
    Matcher found = RELATION.matcher(got.headers().getOrDefault("link", ""));
    while (found.find()) {
      if (found.group(1).equals(relation)) {
        return true;
      }
    }
    return false;
  }
}
