package io.kbsserver.list;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items what stands on it
 * @param total how many items the whole list has, to its caller
 * @param window which part it is
 * @param late the texts of the items that are read as the page is sent
 * @param mark how much was changed when its rows were read, which tells whether they are still so;
 *     nothing where nobody knows
 */
public record Page<T>(
    List<T> items, long total, Window window, Optional<LateTexts> late, Optional<String> mark) {

  /** What a list answers to who asks for a part behind its end. */
  public enum BehindTheEnd {
    /** As lists of posts: no such page, and behind an offset a list that looks empty. */
    OF_POSTS,
    /** As lists of users and terms: nothing, and the total all the same. */
    NOTHING
  }

  /**
   * The page that these items are.
   *
   * @param count how many items the whole list has; asked only where the items do not tell
   */
  public static <T> Page<T> of(
      List<T> items, Window window, BehindTheEnd behindTheEnd, LongSupplier count) {
    long skipped = window.skipped();
    boolean last = items.size() < window.perPage() && (skipped == 0 || !items.isEmpty());
    long total = last ? skipped + items.size() : count.getAsLong();
    if (behindTheEnd == BehindTheEnd.OF_POSTS && window.offset() != null && skipped >= total) {
      total = 0;
    }
    Page<T> page = new Page<>(items, total, window, Optional.empty(), Optional.empty());
    if (behindTheEnd == BehindTheEnd.OF_POSTS && total > 0 && window.page() > page.pages()) {
      String message = "The page number requested is larger than the number of pages available.";
      String code = "rest_post_invalid_page_number";
      throw new InvalidParameters(code, message, Map.of("page", new Fault(code, message)));
    }
    return page;
  }

  /** How many pages the whole list has. */
  public long pages() {
    return (total + window.perPage() - 1) / window.perPage();
  }

  /** The same page, some texts of which are read as it is sent. */
  public Page<T> with(LateTexts texts) {
    return new Page<>(
        items, total, window, Optional.of(texts).filter(some -> !some.isEmpty()), mark);
  }

  /** The same page, whose rows were read when so much was changed. */
  Page<T> at(@Nullable String known) {
    return new Page<>(items, total, window, late, Optional.ofNullable(known));
  }

  /** The same page of what is made of its items, all at once. */
  public <R> Page<R> with(Function<List<T>, List<R>> change) {
    return new Page<>(change.apply(items), total, window, late, mark);
  }

  /** The same page of what is made of its items, one by one. */
  public <R> Page<R> map(Function<? super T, R> change) {
    return with(all -> all.stream().<R>map(change).toList());
  }
}
