package io.kbsserver.client;

import java.util.List;
import java.util.stream.Stream;

/** What most programs begin with: a login at a site, and lists that are read to their end. */
public final class Kbs {

  private static final String BEHIND_THE_LAST = "rest_post_invalid_page_number";

  private Kbs() {}

  /**
   * A client with a login, which all classes of operations take. It asks again where the server is
   * busy for a while.
   *
   * @param site the address of the site, with or without {@code /wp-json}
   * @param password an application password, with or without its blanks
   */
  public static ApiClient connect(String site, String login, String password) {
    return new ConnectedClient(site, login, password);
  }

  /**
   * All items of a list. The first page is asked for at once, each further one when the items
   * before it are used up. What comes or goes meanwhile moves the items behind it; sorted by {@code
   * id}, ascending, what comes is behind all others.
   *
   * @param list asks for one page, with its headers
   */
  public static <T> Stream<T> all(PageReader<T> list) {
    return Stream.iterate(Answer.of(list, 1), Answer::isThere, Answer::next)
        .flatMap(page -> page.items.stream());
  }

  /** A request for one page of a list. */
  @FunctionalInterface
  public interface PageReader<T> {

    /** The page with this number, from 1. */
    ApiResponse<List<T>> get(long number);
  }

  /**
   * A page as it was answered.
   *
   * @param items null behind the last page
   * @param pages how many there are
   */
  private record Answer<T>(PageReader<T> list, long number, List<T> items, long pages) {

    static <T> Answer<T> of(PageReader<T> list, long number) {
      ApiResponse<List<T>> answer = list.get(number);
      List<String> pages = answer.getHeaders().get("x-wp-totalpages");
      if (pages == null) {
        throw new IllegalArgumentException(
            "The answer has no X-WP-TotalPages: is it a list, and of the server?");
      }
      return new Answer<>(list, number, answer.getData(), Long.parseLong(pages.get(0)));
    }

    boolean isThere() {
      return items != null;
    }

    Answer<T> next() {
      if (number < pages) {
        try {
          return of(list, number + 1);
        } catch (ApiException refused) {
          // So many items have gone since.
          if (!BEHIND_THE_LAST.equals(refused.getCode())) {
            throw refused;
          }
        }
      }
      return new Answer<>(list, number + 1, null, pages);
    }
  }
}
