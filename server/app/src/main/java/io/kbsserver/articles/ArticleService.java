package io.kbsserver.articles;

import io.kbsserver.access.Caller;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.SqlCondition;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The rules of articles, which are WordPress's: who reads which, and how much of it. */
@Singleton
class ArticleService {

  private static final SqlCondition PUBLISHED =
      SqlCondition.of("a.status = ?", BuiltInStatus.PUBLISHED);

  private final ArticleList list;

  ArticleService(ArticleList list) {
    this.list = list;
  }

  /**
   * A page of the articles that are wanted.
   *
   * @param caller empty where nobody has logged in
   * @param purpose what they are shown for
   */
  @Connectable
  public Page<ArticleView> list(
      Optional<Caller> caller, ArticleFilter filter, ListRequest request, ArticlePurpose purpose) {
    boolean editor = isEditor(caller);
    if (purpose == ArticlePurpose.EDIT && !editor) {
      throw NotAllowed.toListPostsForEditing();
    }
    return list.page(
        filter,
        // Authors do not list their drafts, so that an index alone is enough.
        editor ? SqlCondition.ALWAYS : PUBLISHED,
        editor,
        readership(caller, purpose),
        purpose,
        request);
  }

  /** One article. */
  @Connectable
  public ArticleView read(long id, Optional<Caller> caller, ArticlePurpose purpose) {
    Optional<ArticleView> found =
        list.find(id, visible(caller), readership(caller, purpose), purpose);
    if (found.isEmpty() && !list.exists(id)) {
      throw NotFound.article();
    }
    if (purpose == ArticlePurpose.EDIT && !isEditor(caller)) {
      throw NotAllowed.toOpenPostForEditing();
    }
    return found.orElseThrow(NotAllowed::toDoThat);
  }

  /** Published ones for everybody, their own for authors, all for who may edit them. */
  private static SqlCondition visible(Optional<Caller> caller) {
    if (isEditor(caller)) {
      return SqlCondition.ALWAYS;
    }
    return caller
        .map(login -> SqlCondition.of("(a.status = 'publish' OR a.author_id = ?)", login.userId()))
        .orElse(PUBLISHED);
  }

  private static Readership readership(Optional<Caller> caller, ArticlePurpose purpose) {
    if (caller.isEmpty()) {
      return Readership.EVERYBODY;
    }
    return purpose == ArticlePurpose.EDIT && isEditor(caller)
        ? Readership.EDITING
        : Readership.LOGIN;
  }

  /** Who works on tickets also writes the knowledge base. */
  private static boolean isEditor(Optional<Caller> caller) {
    return caller.filter(Caller::mayEditTickets).isPresent();
  }
}
