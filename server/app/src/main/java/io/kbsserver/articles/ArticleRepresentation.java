package io.kbsserver.articles;

import static io.kbsserver.api.OperationId.GET_ARTICLE;
import static io.kbsserver.api.OperationId.GET_USER;
import static io.kbsserver.api.OperationId.LIST_ARTICLES;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.api.model.Article;
import io.kbsserver.api.model.ArticleLinks;
import io.kbsserver.api.model.ArticleMeta;
import io.kbsserver.api.model.ArticleText;
import io.kbsserver.link.Links;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Permalinks;
import io.kbsserver.site.Setting;
import io.kbsserver.site.WallClock;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Turns articles into what goes over the wire. */
@Singleton
class ArticleRepresentation {

  private static final Set<String> WITH_ADDRESS =
      Set.of(BuiltInStatus.PUBLISHED, BuiltInStatus.PRIVATE);
  private static final String CATEGORIES = "article_category";
  private static final String TAGS = "article_tag";

  /** What the plugin shows in the place of a text that is for others. */
  private static final String HIDDEN_CONTENT = "<p> . . .</p>\n";

  private static final String HIDDEN_EXCERPT = "<p>. . .</p>\n";

  private final Links links;
  private final BaseUrl baseUrl;
  private final CurrentSite settings;

  ArticleRepresentation(Links links, BaseUrl baseUrl, CurrentSite settings) {
    this.links = links;
    this.baseUrl = baseUrl;
    this.settings = settings;
  }

  Article of(ArticleView view, ArticlePurpose purpose) {
    ArticleView.Row article = view.row();
    boolean edit = purpose == ArticlePurpose.EDIT;
    ZoneId zone = settings.current().get(Setting.TIME_ZONE);
    Permalinks permalinks = new Permalinks(settings.current().get(Setting.PERMALINK_STRUCTURE));
    Article.LastStep shown =
        Article.builder()
            .id(article.id())
            .date(WallClock.wire(article.times().date(), zone))
            .slug(article.slug())
            .type("article")
            .link(baseUrl.ofServer() + path(article, permalinks))
            .title(title(article, edit))
            .excerpt(text(article, article.excerpt(), HIDDEN_EXCERPT, edit).build())
            .author(requireNonNullElse(article.authorId(), 0L))
            .featuredMedia(requireNonNullElse(article.pictureId(), 0L))
            ._links(
                ArticleLinks.builder()
                    .self(links.to(GET_ARTICLE, article.id()))
                    .collection(links.to(LIST_ARTICLES))
                    .author(
                        links.toEmbeddable(
                            GET_USER, article.authorExists() ? article.authorId() : null))
                    .build());
    return switch (purpose) {
      case EMBED -> shown.build();
      case VIEW -> viewed(shown, view, zone, false).build();
      case EDIT ->
          viewed(shown, view, zone, true)
              .permalinkTemplate(baseUrl.ofServer() + permalinks.article("%pagename%"))
              .generatedSlug(article.slug())
              .build();
    };
  }

  /** One that is not published yet has no address of its own. */
  private static String path(ArticleView.Row article, Permalinks permalinks) {
    return WITH_ADDRESS.contains(article.status())
        ? permalinks.article(article.slug())
        : "/?post_type=article&p=" + article.id();
  }

  private Article.LastStep viewed(
      Article.LastStep shown, ArticleView view, ZoneId zone, boolean edit) {
    ArticleView.Row article = view.row();
    ArticleText.LastStep content = text(article, article.content(), HIDDEN_CONTENT, edit);
    if (edit) {
      content.blockVersion(article.blocks() ? 1 : 0);
    }
    return shown
        .dateGmt(WallClock.wire(article.times().dateGmt(), zone))
        .modified(WallClock.wire(article.times().modified(), zone))
        .modifiedGmt(WallClock.wire(article.times().modifiedGmt(), zone))
        .guid(
            ArticleText.builder()
                .rendered(article.guid())
                .raw(edit ? article.guid() : null)
                .build())
        .status(article.status())
        .content(content.build())
        .commentStatus(article.commentStatus())
        .pingStatus(article.pingStatus())
        .template(article.template())
        .meta(
            ArticleMeta.builder()
                ._kbsArticleRestricted(article.restricted() ? 1 : 0)
                ._kbsArticleViews(article.views())
                .build())
        .articleCategory(topics(view, CATEGORIES))
        .articleTag(topics(view, TAGS));
  }

  /** WordPress marks what is not for everybody in what it shows, whatever the title says. */
  private static ArticleText title(ArticleView.Row article, boolean edit) {
    String mark = "";
    if (article.protectedByPassword()) {
      mark = "Protected: ";
    } else if (article.status().equals(BuiltInStatus.PRIVATE)) {
      mark = "Private: ";
    }
    return ArticleText.builder()
        .rendered(mark + article.title().rendered())
        .raw(edit ? article.title().raw() : null)
        .build();
  }

  private static ArticleText.LastStep text(
      ArticleView.Row article, ArticleView.Text text, String instead, boolean edit) {
    boolean kept = article.hidden() && !article.protectedByPassword();
    return ArticleText.builder()
        .rendered(kept ? instead : text.rendered())
        .raw(edit ? text.raw() : null)
        ._protected(article.protectedByPassword());
  }

  private static List<Long> topics(ArticleView article, String taxonomy) {
    return article.topics().stream()
        .filter(topic -> topic.taxonomy().equals(taxonomy))
        .map(ArticleView.Topic::id)
        .toList();
  }
}
