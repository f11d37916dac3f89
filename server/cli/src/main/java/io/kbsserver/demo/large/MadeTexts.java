package io.kbsserver.demo.large;

import io.kbsserver.posts.WrittenContent;
import io.kbsserver.text.Rendering;
import io.kbsserver.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What tickets and replies say: a stock of texts, since to sanitise and render each of a million
 * takes longer than to write them, and a line of their own.
 */
final class MadeTexts {

  /** A text as it is stored, and as it is shown. */
  record Text(String raw, String rendered) {}

  /** In one ticket of a hundredth of them, and so in a hundred of a site of any size. */
  static final String RARE = "marigold";

  /** In most tickets. */
  static final String COMMON = "order";

  private static final int LARGEST_STOCK = 2_000;
  private static final int MOST_PARAGRAPHS = 40;
  private static final int LONGEST = 1 << 20;

  private static final List<String> TITLES =
      List.of(
          "Invoice was charged twice",
          "Label printer prints blank labels",
          "Cannot log in after changing my e-mail",
          "Export stops in the middle",
          "\"Unknown error\" when saving a filter",
          "Delivery is missing one box",
          "Quote for more licences",
          "Two-factor codes arrive late",
          "The scanner's battery doesn't last",
          "Please close the account of a colleague",
          "Rechnung mit falscher Umsatzsteuer -- bitte prüfen",
          "Lieferung an neue Straße",
          "Le bon de livraison n'est pas arrivé",
          "No puedo cambiar la contraseña",
          "注文のキャンセルについて",
          "ログインできません",
          "Не приходит письмо с кодом",
          "Το τιμολόγιο δεν ανοίγει",
          "الفاتورة لم تصل بعد",
          "Thank you 🎉 and one more question",
          "R&D needs a second site",
          "Slow since the update on Monday",
          "Password rules: which ones apply?",
          "Merge two customers",
          "<em>Urgent</em>: conveyor stands still");

  private static final List<String> SENTENCES =
      List.of(
          "Since the update on Monday the device feeds, but nothing is printed.",
          "Our bank statement shows the amount two times.",
          "I changed my address in the profile, and now both addresses are refused.",
          "The list ends without a message, whatever range I choose.",
          "Is it possible to send a copy to accounting as well?",
          "We grow from 25 to 40 people in March.",
          "The delivery note says 4 boxes, we received 3.",
          "It worked until last week -- nothing was changed on our side.",
          "Could you tell us when somebody looks at it?",
          "A colleague of mine has the same problem on another machine.",
          "We have restarted everything twice; it makes no difference.",
          "Please don't call before ten, we start late.",
          "The page says \"try again later\", and has said so for three hours.",
          "I attach what the program shows.",
          "This is the third time this year...",
          "There is no hurry, but it would be good to know before the end of the month.",
          "Die Rechnung enthält einen falschen Betrag; bitte schicken Sie uns eine neue.",
          "Wir können uns seit heute früh nicht mehr anmelden.",
          "Nous attendons le colis depuis mardi, le suivi n'a pas changé.",
          "El informe sale vacío cuando elijo más de un mes.",
          "先週から印刷が遅くなりました。確認をお願いします。",
          "ファイルを開くとエラーが表示されます。",
          "После обновления отчёт не открывается.",
          "Το κουμπί δεν κάνει τίποτα όταν το πατάω.",
          "لا أستطيع تنزيل الملف من الصفحة.",
          "Thanks a lot 🙏 you have been very quick last time.",
          "The filter is called R&D > 2025, maybe that matters.",
          "Version 4.2 on the old machine, 4.3 on the new one.",
          "We have tried another cable, another port and another room.",
          "Who may change the address of an order that is on its way?");

  private static final List<String> PARAGRAPHS =
      List.of(
          "<strong>What we did:</strong> installed the new driver, <em>twice</em>.",
          "<ul>\n<li>tried another browser</li>\n<li>tried another network</li>\n</ul>",
          "See <a href=\"https://help.customer.example/a?b=1&amp;c=2\">our notes</a>.",
          "<code>GET /reports/7: 500, 12 ms</code>",
          "<blockquote>Your request was received.</blockquote>",
          "<script>alert('x')</script>Somebody told us to send this line.");

  private final List<Text> titles;
  private final List<Text> contents;

  /** For a site with so many tickets. */
  MadeTexts(long seed, int tickets) {
    this.titles =
        TITLES.stream()
            .map(title -> Sanitizer.title(title).text())
            .map(title -> new Text(title, Rendering.title(title)))
            .toList();
    List<Text> stock = new ArrayList<>();
    for (int i = 0; i < Math.min(tickets, LARGEST_STOCK); i++) {
      stock.add(content(Chance.of(seed, "text", i)));
    }
    this.contents = stock;
  }

  private static Text content(Chance chance) {
    List<String> paragraphs = new ArrayList<>();
    int many = 1 + chance.longTail(2, MOST_PARAGRAPHS);
    while (paragraphs.size() < many) {
      paragraphs.add(chance.percent(15) ? chance.of(PARAGRAPHS) : sentences(chance));
    }
    WrittenContent written =
        WrittenContent.of("content", String.join("\n\n", paragraphs), false, LONGEST);
    return new Text(written.raw(), written.rendered());
  }

  private static String sentences(Chance chance) {
    List<String> sentences = new ArrayList<>();
    int many = 1 + chance.below(5);
    while (sentences.size() < many) {
      sentences.add(chance.of(SENTENCES));
    }
    return String.join(" ", sentences);
  }

  /** A title with a number of its own. */
  Text title(Chance chance, long number) {
    Text title = chance.of(titles);
    return new Text(title.raw() + " " + number, title.rendered() + " " + number);
  }

  /** A content with a line of its own. */
  Text content(Chance chance, String line) {
    Text content = chance.of(contents);
    return line.isEmpty()
        ? content
        : new Text(content.raw() + "\n\n" + line, content.rendered() + "<p>" + line + "</p>\n");
  }
}
