package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.ArticlesApi.APIDescribeArticleRequest;
import io.kbsserver.client.ArticlesApi.APIGetArticleRequest;
import io.kbsserver.client.ArticlesApi.APIListArticlesRequest;
import io.kbsserver.client.model.Article;
import java.util.List;
import java.util.Set;

/** A box on a website that suggests articles for what a visitor types. */
final class HelpWidget {

  private final Api api;

  HelpWidget(Api api) {
    this.api = api;
  }

  /** What is suggested. */
  record Suggestion(long id, String title, String text) {}

  /** Some suggestions, and how many there are in all. */
  record Found(List<Suggestion> suggestions, int total) {}

  Found search(String words) throws ApiException {
    return found(APIListArticlesRequest.newBuilder().search(words).perPage(5).build());
  }

  Found found(APIListArticlesRequest wanted) throws ApiException {
    ApiResponse<List<Article>> answer = api.articles().listArticlesWithHttpInfo(wanted);
    return new Found(
        answer.getData().stream().map(HelpWidget::suggestion).toList(),
        Integer.parseInt(answer.getHeaders().get("x-wp-total").get(0)));
  }

  Suggestion read(long id) throws ApiException {
    return suggestion(api.articles().getArticle(APIGetArticleRequest.newBuilder().id(id).build()));
  }

  Set<String> withArticles() throws ApiException {
    return Set.copyOf(api.articles().describeArticles().getMethods());
  }

  Set<String> withArticle(long id) throws ApiException {
    return Set.copyOf(
        api.articles()
            .describeArticle(APIDescribeArticleRequest.newBuilder().id(id).build())
            .getMethods());
  }

  private static Suggestion suggestion(Article article) {
    return new Suggestion(
        article.getId(), article.getTitle().getRendered(), article.getContent().getRendered());
  }
}
