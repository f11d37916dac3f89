package io.kbsserver.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses that WordPress gives pages. */
class PermalinksTest {

  @ParameterizedTest
  @CsvSource({
    "/%postname%/,                     /author/erin/,           /articles/how/",
    "/%year%/%monthnum%/%postname%/,   /author/erin/,           /articles/how/",
    "/%postname%,                      /author/erin,            /articles/how",
    "/archives/%post_id%,              /archives/author/erin,   /articles/how",
    "/index.php/%postname%/,           /index.php/author/erin/, /index.php/articles/how/",
    "blog/%postname%/,                 /blog/author/erin/,      /articles/how/",
    "/posts/,                          /author/erin/,           /articles/how/",
    "'',                               /?author=9,              /?article=how"
  })
  void theyFollowTheStructure(String structure, String author, String article) {
    Permalinks permalinks = new Permalinks(structure);
    assertEquals(author, permalinks.author(9, "erin"));
    assertEquals(article, permalinks.article("how"));
  }
}
