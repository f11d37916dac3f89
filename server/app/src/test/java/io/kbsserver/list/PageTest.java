package io.kbsserver.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.kbsserver.list.Page.BehindTheEnd;
import io.kbsserver.refusal.InvalidParameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part of a list is asked for, and what is said about the whole of it. */
class PageTest {

  /** A page of a list of so many items, as the database would give it. */
  private static Page<Long> page(Window window, long total, BehindTheEnd behindTheEnd) {
    long skipped = window.skipped();
    List<Long> items =
        LongStream.range(skipped, Math.max(skipped, Math.min(total, skipped + window.perPage())))
            .boxed()
            .toList();
    return Page.of(items, window, behindTheEnd, () -> total);
  }

  private static Page<Long> posts(Window window, long total) {
    return page(window, total, BehindTheEnd.OF_POSTS);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, , 0",
    "2, 10, , 10",
    "3, 7, , 14",
    "5, 10, 0, 0",
    "1, 10, 3, 3",
    "9, 10, 3, 3",
    "1, 10, -3, 3",
    "1, 10, 9223372036854775807, 9223372036854775807",
    "1, 10, -9223372036854775807, 9223372036854775807",
    "922337203685477580, 10, , 9223372036854775790",
    // What comes after the largest number is as far away as it.
    "922337203685477582, 10, , 9223372036854775800",
    "9223372036854775807, 100, , 9223372036854775800",
    "9223372036854775807, 1, , 9223372036854775806"
  })
  void aPageOrAnOffsetSaysHowManyComeBefore(long page, int perPage, Long offset, long skipped) {
    assertEquals(skipped, new Window(page, perPage, offset).skipped());
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 0", "1, 10, 1", "10, 10, 1", "11, 10, 2", "11, 1, 11", "100, 100, 1"})
  void aTotalSaysHowManyPagesThereAre(long total, int perPage, long pages) {
    assertEquals(pages, posts(new Window(1, perPage, null), total).pages());
  }

  @ParameterizedTest
  @CsvSource({"1, 10, , 3", "1, 10, , 0", "2, 10, , 13", "1, 10, 8, 11"})
  void aPageThatIsNotFullTellsTheTotal(long page, int perPage, Long offset, long total) {
    Window window = new Window(page, perPage, offset);
    List<Long> items = LongStream.range(window.skipped(), total).boxed().toList();
    Page<Long> found =
        Page.of(items, window, BehindTheEnd.OF_POSTS, () -> fail("Nothing is to be counted"));
    assertEquals(total, found.total());
  }

  @ParameterizedTest
  @CsvSource({"1, 3, , 3", "1, 3, , 4", "2, 3, , 3", "2, 3, , 0", "1, 3, 5, 5"})
  void aFullPageAndAnEmptyOneDoNot(long page, int perPage, Long offset, long total) {
    Page<Long> found = page(new Window(page, perPage, offset), total, BehindTheEnd.NOTHING);
    assertEquals(total, found.total());
  }

  @Test
  void behindTheLastPageOfPostsThereIsNone() {
    assertEquals(List.of(4L), posts(new Window(3, 2, null), 5).items());
    InvalidParameters refused =
        assertThrows(InvalidParameters.class, () -> posts(new Window(4, 2, null), 5));
    assertEquals("rest_post_invalid_page_number", refused.code());
    assertEquals(List.of("page"), List.copyOf(refused.faults().keySet()));
    assertThrows(InvalidParameters.class, () -> posts(new Window(Long.MAX_VALUE, 100, null), 1));
  }

  @Test
  void aPageBehindTheLastIsRefusedWhateverTheOffset() {
    assertEquals(List.of(1L, 2L), posts(new Window(3, 2, 1L), 5).items());
    assertThrows(InvalidParameters.class, () -> posts(new Window(4, 2, 1L), 5));
  }

  @Test
  void anEmptyListHasEveryPage() {
    assertEquals(0, posts(new Window(99, 10, null), 0).total());
    assertEquals(0, posts(new Window(99, 10, null), 0).pages());
  }

  @Test
  void behindAnOffsetAListOfPostsLooksEmpty() {
    assertEquals(5, posts(new Window(1, 2, 4L), 5).total());
    assertEquals(0, posts(new Window(1, 2, 5L), 5).total());
    assertEquals(0, posts(new Window(99, 2, 5L), 5).total());
    assertEquals(0, posts(new Window(1, 2, -9L), 5).total());
  }

  @Test
  void otherListsHaveNothingBehindTheirEnd() {
    for (Window window : List.of(new Window(4, 2, null), new Window(1, 2, 5L))) {
      Page<Long> found = page(window, 5, BehindTheEnd.NOTHING);
      assertEquals(List.of(), found.items());
      assertEquals(5, found.total());
      assertEquals(3, found.pages());
    }
  }

  @Test
  void whatIsMadeOfTheItemsStandsOnTheSamePage() {
    Page<String> found = posts(new Window(2, 2, null), 5).map(String::valueOf);
    assertEquals(
        new Page<>(
            List.of("2", "3"), 5, new Window(2, 2, null), Optional.empty(), Optional.empty()),
        found);
  }
}
