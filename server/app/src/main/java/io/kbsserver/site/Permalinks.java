package io.kbsserver.site;

/**
 * The addresses that pages of the site have. The server answers at none of them: clients that show
 * them get those that they always got.
 *
 * @param structure WordPress's own, such as {@code /%postname%/}; empty where addresses name ids
 */
public record Permalinks(String structure) {

  private static final String WITHOUT_REWRITING = "/index.php/";

  /** As WordPress reads one that was set without its first slash. */
  public Permalinks {
    structure = structure.isEmpty() || structure.startsWith("/") ? structure : "/" + structure;
  }

  /** Of all that a user has written. */
  public String author(long id, String slug) {
    return structure.isEmpty()
        ? "/?author=" + id
        : ended(structure.substring(0, Math.max(1, structure.indexOf('%'))) + "author/" + slug);
  }

  /** Of an article of the knowledge base. */
  public String article(String slug) {
    String root = structure.startsWith(WITHOUT_REWRITING) ? WITHOUT_REWRITING : "/";
    return structure.isEmpty() ? "/?article=" + slug : ended(root + "articles/" + slug);
  }

  private String ended(String path) {
    return structure.endsWith("/") ? path + "/" : path;
  }
}
