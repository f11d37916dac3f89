package io.kbsserver.demo;

import static java.util.Objects.requireNonNull;

import io.kbsserver.articles.ArticleTexts;
import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** What a website would show of the demo: a form, and a small knowledge base. */
@Singleton
class DemoKnowledge {

  private record Field(String title, String defaultField, String mapping, String type) {}

  private record Text(String title, String content, boolean restricted) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("First name", "first_name", "customer_first", "text"),
          new Field("Last name", "last_name", "customer_last", "text"),
          new Field("E-mail address", "email", "customer_email", "email"),
          new Field("Subject", "subject", "post_title", "text"),
          new Field("What is the matter?", "rich_editor", "post_content", "rich_editor"));

  private static final List<Text> TEXTS =
      List.of(
          new Text(
              "Labels come out empty",
              "Open the cover, turn the roll over, and print a test page.\n\nStill empty? Write to us.",
              false),
          new Text(
              "Logging in after a change of address",
              "Log in with the old address once more: it works until you confirm the new one.",
              false),
          new Text(
              "Refunds of double charges",
              "Up to 500 are refunded at once. Beyond that, ask Mira.",
              true));

  private static final String SETTINGS =
      """
      {"blank":false,"chosen":false,"chosen_search":"","description":"","description_pos":"label",\
      "hide_label":false,"input_class":"","kb_search":false,"label_class":"","mapping":"%s",\
      "placeholder":"","required":true,"select_multiple":false,"select_options":[],\
      "selected":false,"show_logged_in":true,"type":"%s","value":""}""";

  private final KnowledgeRepository knowledge;
  private final ChangeLog changes;

  DemoKnowledge(KnowledgeRepository knowledge, ChangeLog changes) {
    this.knowledge = knowledge;
    this.changes = changes;
  }

  /** Writes it all. */
  void tell(long author) {
    long form = newId("kbs_form", Subject.FORM);
    knowledge.insertForm(form, "Ask the harbour");
    for (Field field : FIELDS) {
      knowledge.insertField(
          newId("kbs_form_field", Subject.FORM_FIELD),
          form,
          field.title(),
          "kbs-" + field.defaultField().replace('_', '-'),
          FIELDS.indexOf(field),
          field.defaultField(),
          SETTINGS.formatted(field.mapping(), field.type()));
    }
    for (Text text : TEXTS) {
      ArticleTexts shown = ArticleTexts.of(text.title(), text.content(), "");
      knowledge.insertArticle(
          newId("article", Subject.ARTICLE),
          author,
          text.title().toLowerCase(Locale.ROOT).replace(' ', '-'),
          text.title(),
          text.content(),
          shown.content().html(),
          shown.excerpt().html(),
          text.restricted());
    }
  }

  private long newId(String type, Subject subject) {
    long id = requireNonNull(knowledge.insert(new KnowledgeRepository.Numbered(null, type)).id());
    changes.creates(subject, id);
    return id;
  }
}
