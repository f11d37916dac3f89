package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.wordpress.destination.TargetRow;
import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.PostReader;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.WordPressPost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings over the companies. */
public final class CompanyImport {

  static final TargetTable TABLE =
      new TargetTable(
          Kind.COMPANY,
          "company",
          "kbs_company",
          true,
          List.of(
              "name",
              "contact_customer_id",
              "contact",
              "email",
              "phone",
              "website",
              "content",
              "slug",
              "status",
              "protected",
              "logo_id",
              "missing"),
          List.of(),
          List.of());

  private static final String CONTACT = "_kbs_company_customer";
  private static final String LOGO = "_thumbnail_id";
  private static final List<String> KEYS =
      List.of(
          CONTACT,
          LOGO,
          "_kbs_company_contact",
          "_kbs_company_email",
          "_kbs_company_phone",
          "_kbs_company_website");

  private final ImportRun run;

  public CompanyImport(ImportRun run) {
    this.run = run;
  }

  public void run() throws SQLException {
    PostReader posts = PostReader.ofType(run.source(), "kbs_company", KEYS);
    run.log().start(Kind.COMPANY, posts.total());
    List<WordPressPost> batch = posts.next();
    while (!batch.isEmpty()) {
      run.log().read(Kind.COMPANY, batch.size());
      write(batch);
      run.log().advanced(Kind.COMPANY);
      batch = posts.next();
    }
  }

  private void write(List<WordPressPost> posts) throws SQLException {
    Map<Long, RowReader> readers = new HashMap<>();
    Map<Long, Long> contacts = new HashMap<>();
    for (WordPressPost post : posts) {
      RowReader reader = new RowReader(Kind.COMPANY, post.id(), run.log());
      readers.put(post.id(), reader);
      Long contact = reader.reference("its contact", post.meta().first(CONTACT));
      if (contact != null) {
        contacts.put(post.id(), contact);
      }
    }
    // Customers come later; what is known by now is which ids they will have.
    Map<Long, Long> here = run.ids().of(Kind.CUSTOMER, contacts.values());
    List<TargetRow> rows = new ArrayList<>();
    for (WordPressPost post : posts) {
      rows.add(
          row(post, requireNonNull(readers.get(post.id())), here.get(contacts.get(post.id()))));
    }
    run.writer().write(TABLE, rows);
  }

  private static TargetRow row(WordPressPost post, RowReader reader, @Nullable Long contact) {
    String status = reader.ascii("its status", post.status(), 20);
    List<String> values = new ArrayList<>();
    values.add(reader.longText("its name", post.title()));
    values.add(RowReader.id(contact));
    values.add(attribute(reader, post, "_kbs_company_contact", "its contact's name", 255));
    String email = reader.email("its e-mail address", post.meta().first("_kbs_company_email"));
    values.add(email == null ? "" : email);
    values.add(attribute(reader, post, "_kbs_company_phone", "its telephone number", 255));
    values.add(attribute(reader, post, "_kbs_company_website", "its website", 2048));
    values.add(reader.veryLongText("its content", post.content()));
    values.add(reader.text("its slug", post.slug(), 200));
    values.add(status == null ? BuiltInStatus.DRAFT : status);
    values.add(RowReader.flag(post.hasPassword()));
    values.add(RowReader.id(reader.reference("its logo", post.meta().first(LOGO))));
    values.add("0");
    return new TargetRow(post.id(), values, List.of());
  }

  private static String attribute(
      RowReader reader, WordPressPost post, String key, String what, int maxCharacters) {
    String value = post.meta().first(key);
    return value == null ? "" : reader.text(what, value, maxCharacters);
  }
}
