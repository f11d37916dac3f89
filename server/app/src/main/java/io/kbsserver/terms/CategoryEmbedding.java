package io.kbsserver.terms;

import io.kbsserver.api.OperationId;
import io.kbsserver.link.EmbeddedRoom;
import io.kbsserver.refusal.NotFound;
import jakarta.inject.Singleton;

/** What links to categories lead to; nothing embeds terms of other taxonomies. */
@Singleton
class CategoryEmbedding extends EmbeddedRoom<TermView> {

  CategoryEmbedding(TermService service, TermRepresentation representation) {
    super(
        OperationId.GET_TERM,
        ids -> service.read(Taxonomy.CATEGORIES, ids),
        TermView::id,
        representation::embedded,
        NotFound::term);
  }

  @Override
  public String path() {
    return super.path().replace("{taxonomy}", Taxonomy.CATEGORIES.wireName());
  }
}
