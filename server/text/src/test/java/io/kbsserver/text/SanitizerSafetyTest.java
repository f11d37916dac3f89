package io.kbsserver.text;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/**
 * Reads sanitised texts the way a browser does and looks for anything that could run. The lists
 * here are on purpose not those of the sanitiser.
 */
class SanitizerSafetyTest {

  private static final int MUTANTS = 20_000;

  private static final Set<String> TITLE_ELEMENTS =
      words("a abbr acronym b blockquote cite code del em i q s strike strong");

  private static final Set<String> TITLE_ATTRIBUTES = words("href title cite datetime");

  private static final Set<String> CONTENT_ELEMENTS =
      words(
          "a abbr acronym address area article aside audio b bdo big blockquote br button caption"
              + " cite code col colgroup dd del details dfn div dl dt em fieldset figcaption figure"
              + " font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd label legend li main"
              + " map mark menu nav ol p pre q rb rp rt rtc ruby s samp section small span strike"
              + " strong sub summary sup table tbody td textarea tfoot th thead title tr track tt u"
              + " ul var video");

  private static final Set<String> CONTENT_ATTRIBUTES =
      words(
          "abbr align alt autoplay axis bgcolor border cellpadding cellspacing char charoff cite"
              + " class color cols colspan controls coords datetime decoding default dir disabled"
              + " download face for headers height href hspace id kind label lang loading longdesc"
              + " loop muted name nohref noshade nowrap open playsinline poster preload readonly"
              + " rel rev reversed role rows rowspan rules scope shape size span src srclang start"
              + " style summary target title type usemap valign value vspace width xml:lang");

  private static final Set<String> ADDRESS_ATTRIBUTES =
      words("href src cite poster longdesc usemap");

  private static final Set<String> SCHEMES =
      words(
          "http https ftp ftps mailto news irc irc6 ircs gopher nntp feed telnet mms rtsp sms svn"
              + " tel fax xmpp webcal urn");

  private static final Pattern SCHEME = Pattern.compile("^([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);

  private static final Pattern BAD_STYLE =
      Pattern.compile(
          "expression\\s*\\(|url\\(\\s*['\"]?\\s*(javascript|vbscript|data)\\s*:|@import|\\\\|/\\*"
              + "|(^|;)\\s*(position|top|left|z-index|behavior|-moz-binding)\\s*:");

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  @Test
  void knownAttacksDoNotGetThrough() {
    List<JsonNode> attacks = TextData.list("attacks.json");
    assertTrue(attacks.size() >= 60);
    for (JsonNode attack : attacks) {
      checkAll(attack.asText());
    }
  }

  @Test
  void knownAttacksDoNotGetThroughInsideOtherMarkup() {
    List<String> shells =
        List.of(
            "<p title=\"%s\">",
            "<p title='%s'>",
            "<p title=%s>",
            "<!-- %s -->",
            "<!--%s",
            "<a %s>",
            "<%s>",
            "<textarea>%s</textarea>",
            "<title>%s",
            "<b>%s</b>",
            "<a href=\"%s\">",
            "<a href=' \t%s'>",
            "<p style=\"%s\">",
            "<!-- wp:x -->%s",
            "[caption]%s[/caption]",
            "[embed]%s[/embed]",
            "[video src=\"%s\"]",
            "<table><tr>%s",
            "<pre>%s",
            "\"%s'",
            "<<%s>>");
    for (JsonNode attack : TextData.list("attacks.json")) {
      for (String shell : shells) {
        checkAll(shell.replace("%s", attack.asText()));
      }
    }
  }

  @Test
  void randomMixturesOfAttacksDoNotGetThrough() {
    List<String> seeds = new ArrayList<>();
    TextData.list("attacks.json").forEach(attack -> seeds.add(attack.asText()));
    List<String> snippets =
        List.of(
            "<",
            ">",
            "\"",
            "'",
            "`",
            "=",
            "/",
            "<!--",
            "-->",
            "--!>",
            "<p ",
            "<a href=",
            "</p>",
            " onclick=alert(1) ",
            "<textarea>",
            "</textarea>",
            "<title>",
            "</title>",
            "javascript:",
            "&#58;",
            "&colon;",
            ":",
            "&",
            ";",
            "#",
            "\u0000",
            "\n",
            "\t",
            "\\",
            " style=",
            "url(",
            "[gallery]",
            "[embed]",
            "[/embed]",
            "<!-- wp:x -->",
            "\n\n",
            "<pre>",
            "--",
            "...");
    Random random = new Random(20240607);
    for (int i = 0; i < MUTANTS; i++) {
      StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
      for (int k = random.nextInt(6); k >= 0; k--) {
        int at = random.nextInt(text.length() + 1);
        switch (random.nextInt(4)) {
          case 0 -> text.insert(at, snippets.get(random.nextInt(snippets.size())));
          case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
          case 2 -> text.insert(at, seeds.get(random.nextInt(seeds.size())));
          default -> text.insert(at, (char) random.nextInt(256));
        }
      }
      checkAll(text.toString());
    }
  }

  static void checkAll(String raw) {
    check(raw, s -> Sanitizer.title(s).text(), TITLE_ELEMENTS, TITLE_ATTRIBUTES);
    check(raw, s -> Sanitizer.content(s).text(), CONTENT_ELEMENTS, CONTENT_ATTRIBUTES);
    // What is shown is rendered after it was sanitised, so rendering must not undo it.
    check(raw, s -> Rendering.title(Sanitizer.title(s).text()), TITLE_ELEMENTS, TITLE_ATTRIBUTES);
    check(
        raw,
        s -> Rendering.content(Sanitizer.content(s).text()),
        CONTENT_ELEMENTS,
        CONTENT_ATTRIBUTES);
  }

  private static void check(
      String raw, UnaryOperator<String> operation, Set<String> elements, Set<String> attributes) {
    String html = operation.apply(raw);
    Document document = Jsoup.parseBodyFragment(html);
    for (Element element : document.body().getAllElements()) {
      if (element != document.body() && element.ownerDocument() == document) {
        String name = element.normalName();
        // The parser itself adds bodies to tables.
        if (!elements.contains(name) && !name.equals("tbody")) {
          fail("element " + name + " in " + html + " from " + raw);
        }
        element.attributes().forEach(a -> checkAttribute(raw, html, a, attributes));
      }
    }
    if (document.body().attributesSize() > 0 || document.head().childrenSize() > 0) {
      fail("something outside the body in " + html + " from " + raw);
    }
  }

  private static void checkAttribute(
      String raw, String html, Attribute attribute, Set<String> attributes) {
    String name = attribute.getKey().toLowerCase(Locale.ROOT);
    boolean named = name.startsWith("data-") || name.startsWith("aria-");
    if (!attributes.contains(name) && !(named && attributes == CONTENT_ATTRIBUTES)) {
      fail("attribute " + name + " in " + html + " from " + raw);
    }
    String value = attribute.getValue();
    if (ADDRESS_ATTRIBUTES.contains(name)) {
      String address = value.replaceAll("[\\x00-\\x20\\x7F-\\xA0]", "").toLowerCase(Locale.ROOT);
      var scheme = SCHEME.matcher(address);
      if (scheme.matches() && !SCHEMES.contains(scheme.group(1))) {
        fail("scheme " + scheme.group(1) + " in " + html + " from " + raw);
      }
    }
    if (name.equals("style") && BAD_STYLE.matcher(value.toLowerCase(Locale.ROOT)).find()) {
      fail("style " + value + " in " + html + " from " + raw);
    }
  }
}
