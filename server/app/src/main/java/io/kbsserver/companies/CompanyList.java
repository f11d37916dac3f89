package io.kbsserver.companies;

import io.kbsserver.list.ListReader;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Listing;
import io.kbsserver.list.Page;
import io.kbsserver.list.SearchTerms;
import io.kbsserver.site.BuiltInStatus;
import io.kbsserver.storage.SqlCondition;
import io.kbsserver.storage.StandIn;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on companies that are built. */
@Singleton
class CompanyList {

  private static final Listing<CompanyView> COMPANIES =
      new Listing<>(
          "company co",
          "co.id",
          """
          SELECT co.id, co.name, co.slug, co.status, co.protected, co.content,
            co.contact_customer_id, co.contact, co.email, co.phone, co.website, co.logo_id
          FROM :page JOIN company co ON co.id = page.id
          """,
          CompanyList::row,
          Page.BehindTheEnd.OF_POSTS);

  private static final SqlCondition EXISTS = SqlCondition.of("co." + StandIn.LEFT_OUT);

  /** Those who may read companies may read private ones. */
  private static final SqlCondition LISTED =
      EXISTS.and(
          SqlCondition.in("co.status", List.of(BuiltInStatus.PUBLISHED, BuiltInStatus.PRIVATE)));

  private static final List<String> SEARCHED = List.of("co.name", "co.content");

  private final ListReader reader;

  CompanyList(ListReader reader) {
    this.reader = reader;
  }

  /**
   * A page of the companies that are listed.
   *
   * @param search words that its name or its text contains; null for any
   */
  Page<CompanyView> page(@Nullable String search, ListRequest request) {
    return reader.page(COMPANIES, LISTED, SearchTerms.in(SEARCHED, search), request);
  }

  /** The companies with these ids, as far as there are any, in whatever status. */
  List<CompanyView> find(Collection<Long> ids) {
    return reader.byIds(COMPANIES, EXISTS, ids);
  }

  private static CompanyView row(ResultSet row) throws SQLException {
    return new CompanyView(
        row.getLong("id"),
        row.getString("name"),
        row.getString("slug"),
        row.getString("status"),
        row.getBoolean("protected"),
        row.getString("content"),
        row.getObject("contact_customer_id", Long.class),
        row.getString("contact"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("website"),
        row.getObject("logo_id", Long.class));
  }
}
