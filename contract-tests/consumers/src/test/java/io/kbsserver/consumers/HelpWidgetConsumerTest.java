package io.kbsserver.consumers;

import static io.kbsserver.consumers.RefusedRequest.AS_SCRIPT;
import static io.kbsserver.consumers.RefusedRequest.DAMAGED;
import static io.kbsserver.consumers.RefusedRequest.TOO_OFTEN;
import static io.kbsserver.consumers.RefusedRequest.UNAVAILABLE;
import static io.kbsserver.consumers.RefusedRequest.WITH_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.kbsserver.client.ArticlesApi.APIListArticlesRequest;
import io.kbsserver.client.model.ArticleContext;
import io.kbsserver.consumers.HelpWidget.Suggestion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The knowledge base on a website: what is for everybody, and what is for the house. */
class HelpWidgetConsumerTest extends ConsumerTest {

  private static final String ARTICLES = "/wp/v2/articles";
  private static final String ARTICLE = ARTICLES + "/${articleId}";
  private static final String AGENT = "support_agent";
  private static final String TITLE = "How to reset";
  private static final String TEXT = "<p>Press the button.</p>\n";
  private static final String HIDDEN = "<p> . . .</p>\n";

  HelpWidgetConsumerTest() {
    super("help-widget");
  }

  private Conversation about(String description, boolean restricted) {
    return conversation(description)
        .given(
            "an article exists",
            "title",
            TITLE,
            "content",
            "Press the button.",
            "restricted",
            "" + restricted);
  }

  @Test
  void articlesAreSearchedWithoutALogin() {
    about("the articles that contain a word", false)
        .asks("GET", ARTICLES)
        .query("search=button&per_page=5")
        .isAnswered(200, list(TEXT))
        .with("X-WP-Total", "1", "1")
        .with("X-WP-TotalPages", "1", "1")
        .when(
            api ->
                assertEquals(
                    List.of(new Suggestion(15, TITLE, TEXT)),
                    new HelpWidget(api).search("button").suggestions()));
  }

  @Test
  void aSearchFindsNoTextThatIsHidden() {
    about("the articles that contain a word of a restricted one", true)
        .asks("GET", ARTICLES)
        .query("search=button&per_page=5")
        .isAnswered(200, LambdaDsl.newJsonArray(none -> {}).build())
        .with("X-WP-Total", "0", "0")
        .with("X-WP-TotalPages", "0", "0")
        .when(api -> assertEquals(0, new HelpWidget(api).search("button").total()));
  }

  @Test
  void anArticleIsReadWithoutALogin() {
    about("an article", false)
        .asks("GET", ARTICLE)
        .isAnswered(200, article -> article(article, TEXT))
        .when(api -> assertEquals(new Suggestion(15, TITLE, TEXT), new HelpWidget(api).read(15)));
  }

  @Test
  void aRestrictedArticleIsReadByWhoHasLoggedInOnly() {
    about("a restricted article, without a login", true)
        .asks("GET", ARTICLE)
        .isAnswered(200, article -> article(article, HIDDEN))
        .when(api -> assertEquals(new Suggestion(15, TITLE, HIDDEN), new HelpWidget(api).read(15)));
    about("a restricted article, as an agent", true)
        .by(AGENT)
        .asks("GET", ARTICLE)
        .isAnswered(200, article -> article(article, TEXT))
        .when(api -> assertEquals(new Suggestion(15, TITLE, TEXT), new HelpWidget(api).read(15)));
  }

  @Test
  void whatIsGoneIsNotFound() {
    conversation("an article that is gone")
        .asks("GET", ARTICLES + "/999999")
        .isRefused(404, "rest_post_invalid_id")
        .when(api -> assertEquals(404, refusal(() -> new HelpWidget(api).read(999_999)).status()));
  }

  @Test
  void whatIsNotPublishedIsNotForEverybody() {
    conversation("an article that is not published, without a login")
        .given("an article exists", "status", "draft")
        .asks("GET", ARTICLE)
        .isRefused(401, "rest_forbidden")
        .when(api -> assertEquals(401, refusal(() -> new HelpWidget(api).read(15)).status()));
    conversation("an article that is not published, as a customer")
        .by("support_customer")
        .given("an article exists", "status", "draft")
        .asks("GET", ARTICLE)
        .isRefused(403, "rest_forbidden")
        .when(api -> assertEquals(403, refusal(() -> new HelpWidget(api).read(15)).status()));
  }

  @Test
  void editingIsForThoseWhoWorkOnTickets() {
    APIListArticlesRequest edit =
        APIListArticlesRequest.newBuilder().context(ArticleContext.EDIT).build();
    conversation("the articles in order to edit them, without a login")
        .asks("GET", ARTICLES)
        .query("context=edit")
        .isRefused(401, "rest_forbidden_context")
        .when(api -> assertEquals(401, refusal(() -> new HelpWidget(api).found(edit)).status()));
    conversation("the articles in order to edit them, as a customer")
        .by("support_customer")
        .asks("GET", ARTICLES)
        .query("context=edit")
        .isRefused(403, "rest_forbidden_context")
        .when(api -> assertEquals(403, refusal(() -> new HelpWidget(api).found(edit)).status()));
  }

  @TestFactory
  Stream<DynamicTest> whatCanBeDoneIsLookedUp() {
    return Stream.of(
            described("articles", ARTICLES, api -> new HelpWidget(api).withArticles()),
            described("an article", ARTICLES + "/15", api -> new HelpWidget(api).withArticle(15)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    APIListArticlesRequest all = APIListArticlesRequest.newBuilder().build();
    return Stream.of(
            read("articles", ARTICLES, api -> new HelpWidget(api).found(all)),
            read("one article", ARTICLES + "/15", api -> new HelpWidget(api).read(15)))
        .flatMap(call -> refused(call, AS_SCRIPT, TOO_OFTEN, WITH_NONCE, DAMAGED, UNAVAILABLE));
  }

  private static Call read(String what, String route, Conversation.Part part) {
    return new Call(what, AGENT, false, "GET", route, null, null, part);
  }

  private static DslPart list(String text) {
    return LambdaDsl.newJsonArray(items -> items.object(article -> article(article, text))).build();
  }

  private static void article(LambdaDslObject article, String text) {
    article.valueFromProviderState("id", "${articleId}", 15);
    article.object("title", title -> title.stringValue("rendered", TITLE));
    article.object("content", content -> content.stringValue("rendered", text));
  }
}
