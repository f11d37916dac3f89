package io.kbsserver.articles;

import static java.util.Objects.requireNonNullElse;

import io.kbsserver.api.ArticlesApi;
import io.kbsserver.api.model.Article;
import io.kbsserver.api.model.PostOrderby;
import io.kbsserver.api.model.TaxRelation;
import io.kbsserver.api.model.WordPressContext;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.TermFilter;
import io.kbsserver.list.Window;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.parameters.SortOrders;
import io.kbsserver.rest.parameters.WordPressDateTime;
import io.kbsserver.rest.response.Paging;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Setting;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates between the generated interface and the rules of articles. */
@Controller("/wp-json")
class ArticlesController implements ArticlesApi {

  private final ArticleService service;
  private final ArticleRepresentation representation;
  private final CurrentCaller caller;
  private final CurrentSite settings;
  private final Paging paging;

  ArticlesController(
      ArticleService service,
      ArticleRepresentation representation,
      CurrentCaller caller,
      CurrentSite settings,
      Paging paging) {
    this.service = service;
    this.representation = representation;
    this.caller = caller;
    this.settings = settings;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<Article>> listArticles(ListArticlesParameters parameters) {
    boolean descending = SortOrders.isDescending(parameters.order());
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), parameters.offset()),
            new Selection(parameters.include(), parameters.exclude()),
            new Sort(sortedBy(parameters, descending), descending));
    ArticleFilter filter =
        new ArticleFilter(
            parameters.search(),
            atSite(parameters.after()),
            atSite(parameters.before()),
            atSite(parameters.modifiedAfter()),
            atSite(parameters.modifiedBefore()),
            parameters.author(),
            parameters.authorExclude(),
            parameters.slug(),
            parameters.status(),
            new TermFilter(
                terms(parameters.articleCategory(), parameters.articleTag()),
                terms(parameters.articleCategoryExclude(), parameters.articleTagExclude()),
                isAny(parameters.taxRelation())));
    ArticlePurpose purpose = purpose(parameters.context());
    return paging.page(
        service
            .list(caller.ifKnown(), filter, request, purpose)
            .map(article -> representation.of(article, purpose)));
  }

  @Override
  public HttpResponse<Article> getArticle(Long id, GetArticleParameters parameters) {
    ArticlePurpose purpose = purpose(parameters.context());
    return HttpResponse.ok(representation.of(service.read(id, caller.ifKnown(), purpose), purpose));
  }

  private @Nullable LocalDateTime atSite(@Nullable String moment) {
    return WordPressDateTime.ifGiven(moment, settings.current().get(Setting.TIME_ZONE));
  }

  private static Map<String, List<Long>> terms(
      @Nullable List<Long> categories, @Nullable List<Long> tags) {
    return Map.of(
        "article_category", requireNonNullElse(categories, List.of()),
        "article_tag", requireNonNullElse(tags, List.of()));
  }

  private static boolean isAny(@Nullable TaxRelation relation) {
    return relation != null
        && switch (relation) {
          case AND -> false;
          case OR -> true;
        };
  }

  private static ArticlePurpose purpose(WordPressContext context) {
    return switch (context) {
      case EMBED -> ArticlePurpose.EMBED;
      case VIEW -> ArticlePurpose.VIEW;
      case EDIT -> ArticlePurpose.EDIT;
    };
  }

  private static Sort.Key sortedBy(ListArticlesParameters parameters, boolean descending) {
    PostOrderby orderby = parameters.orderby();
    return switch (orderby) {
      case AUTHOR -> ArticleColumn.AUTHOR;
      case DATE -> ArticleColumn.DATE;
      case ID, PARENT -> ArticleColumn.ID;
      case INCLUDE -> new Sort.Key.Include();
      case INCLUDE_SLUGS -> ArticleColumn.ORDER.bySlugs(parameters.slug());
      case MODIFIED -> ArticleColumn.MODIFIED;
      case RELEVANCE -> ArticleColumn.ORDER.byRelevance(parameters.search(), descending);
      case SLUG -> ArticleColumn.SLUG;
      case TITLE -> ArticleColumn.TITLE;
    };
  }
}
