package io.kbsserver.wordpress.kinds;

import static java.util.Objects.requireNonNull;

import io.kbsserver.wordpress.destination.TargetTable;
import io.kbsserver.wordpress.report.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The tables that are filled, by what their rows are. */
public final class ImportedTables {

  public static final Map<Kind, TargetTable> BY_KIND = byKind();

  private ImportedTables() {}

  /** The table of a kind. */
  public static TargetTable of(Kind kind) {
    return requireNonNull(BY_KIND.get(kind));
  }

  private static Map<Kind, TargetTable> byKind() {
    Map<Kind, TargetTable> tables = new EnumMap<>(Kind.class);
    tables.put(Kind.USER, UserImport.TABLE);
    tables.put(Kind.TERM, TermImport.TABLE);
    tables.put(Kind.COMPANY, CompanyImport.TABLE);
    tables.put(Kind.CUSTOMER, CustomerImport.TABLE);
    tables.put(Kind.TICKET, TicketImport.TABLE);
    tables.put(Kind.REPLY, ReplyImport.TABLE);
    tables.put(Kind.NOTE, NoteImport.TABLE);
    tables.put(Kind.LOG_ENTRY, LogEntryImport.TABLE);
    tables.put(Kind.ATTACHMENT, AttachmentImport.TABLE);
    tables.put(Kind.FORM, FormImport.TABLE);
    tables.put(Kind.FORM_FIELD, FormFieldImport.TABLE);
    tables.put(Kind.ARTICLE, ArticleImport.TABLE);
    return Collections.unmodifiableMap(tables);
  }
}
