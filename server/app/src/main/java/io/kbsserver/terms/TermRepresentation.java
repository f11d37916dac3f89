package io.kbsserver.terms;

import static io.kbsserver.api.OperationId.GET_TERM;
import static io.kbsserver.api.OperationId.LIST_TERMS;
import static io.kbsserver.api.OperationId.LIST_TICKETS;

import io.kbsserver.api.model.Curie;
import io.kbsserver.api.model.Term;
import io.kbsserver.api.model.TermLinks;
import io.kbsserver.api.model.TermTaxonomy;
import io.kbsserver.link.Links;
import io.kbsserver.rest.address.BaseUrl;
import jakarta.inject.Singleton;
import java.util.List;

/** Turns terms into what goes over the wire. */
@Singleton
class TermRepresentation {

  private static final List<Curie> CURIES =
      List.of(Curie.builder().name("wp").href("https://api.w.org/{rel}").templated(true).build());

  private final Links links;
  private final BaseUrl baseUrl;

  TermRepresentation(Links links, BaseUrl baseUrl) {
    this.links = links;
    this.baseUrl = baseUrl;
  }

  /** A term with all that is known of it. */
  Term of(TermView term) {
    Term.LastStep shown =
        shown(term).count(term.count()).description(term.description()).meta(List.of());
    if (term.taxonomy().isHierarchical()) {
      shown.parent(term.parentId() == null ? 0 : term.parentId());
    }
    return shown.build();
  }

  /** A term as it is shown beside something else. */
  Term embedded(TermView term) {
    return shown(term).build();
  }

  /** The address of a term. */
  String href(TermView term) {
    return href(term, term.id());
  }

  private String href(TermView term, long id) {
    return links.href(GET_TERM, List.of(term.taxonomy().wireName(), id));
  }

  private Term.LastStep shown(TermView term) {
    String wireName = term.taxonomy().wireName();
    String nameInWordPress = term.taxonomy().nameInWordPress();
    return Term.builder()
        .id(term.id())
        .link("%s/?taxonomy=%s&term=%s".formatted(baseUrl.ofServer(), nameInWordPress, term.slug()))
        .name(term.name())
        .slug(term.slug())
        .taxonomy(TermTaxonomy.fromValue(nameInWordPress))
        ._links(
            TermLinks.builder()
                .self(Links.to(href(term)))
                .collection(Links.to(links.href(LIST_TERMS, List.of(wireName))))
                .wpPostType(
                    Links.to(
                        links.href(LIST_TICKETS, List.of()) + "?" + wireName + "=" + term.id()))
                .curies(CURIES)
                .up(term.parentId() == null ? null : Links.embeddable(href(term, term.parentId())))
                .build());
  }
}
