package io.kbsserver.compare;

import io.kbsserver.compare.Finding.Known;
import io.kbsserver.compare.Finding.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A report as a page that stands alone, without scripts. */
public final class HtmlReport {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>KBS Server: comparison of two sites</title>
      <style>
      body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; }
      table { border-collapse: collapse; width: 100%; }
      th, td { border-bottom: 1px solid #ccc; padding: .3em .6em; text-align: left;
               vertical-align: top; overflow-wrap: anywhere; }
      th { white-space: nowrap; }
      code { font-size: 14px; }
      h2 { margin: 2em 0 .5em; }
      h3 { font-size: 1em; margin: 2em 0 .5em; overflow-wrap: anywhere; }
      </style>
      </head>
      <body>
      <h1>Comparison of two sites</h1>
      """;

  private HtmlReport() {}

  /** The whole page. */
  public static String of(SiteReport report, Instant time) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<table>\n");
    row(page, "original", report.original());
    row(page, "replacement", report.replacement());
    row(page, "time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    row(page, "agree", report.count(Outcome.AGREES) + " (" + report.refusedAlike() + " refused)");
    row(page, "differ as COMPATIBILITY.md says", "" + report.count(Outcome.EXPLAINED));
    row(page, "differ", "" + report.count(Outcome.DIFFERS));
    row(page, "failed", "" + report.count(Outcome.FAILED));
    report.skipped().forEach((why, count) -> row(page, "skipped", count + " " + why.words()));
    page.append("</table>\n");
    if (report.stopped() != null) {
      page.append("<p>").append(escaped(report.stopped())).append("</p>\n");
    }
    if (report.listsNothing()) {
      page.append("<p>").append(escaped(SiteReport.LISTS_NOTHING)).append("</p>\n");
    }
    page.append("<p><strong>").append(escaped(report.verdict())).append("</strong></p>\n");
    add(page, "What is not meant", report.groups().stream().filter(one -> !one.isMeant()).toList());
    add(page, "What is meant", report.groups().stream().filter(DifferenceGroup::isMeant).toList());
    page.append("<h2>Request by request</h2>\n");
    report.toLookAt().forEach(finding -> add(page, finding));
    page.append("<p>").append(escaped(SiteReport.NOTE)).append("</p>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void add(StringBuilder page, String title, List<DifferenceGroup> groups) {
    if (groups.isEmpty()) {
      return;
    }
    page.append("<h2>").append(title).append("</h2>\n");
    page.append("<table>\n<tr><th>field<th>how often<th>for example<th>COMPATIBILITY.md says\n");
    for (DifferenceGroup group : groups) {
      page.append("<tr>");
      cell(page, group.field());
      page.append("<td>").append(group.count());
      cell(page, group.example() + ": " + group.difference());
      Deviation row = group.row();
      page.append("<td>");
      if (row != null) {
        page.append("<code>").append(row.id()).append("</code> The plugin: ");
        page.append(escaped(row.plugin())).append("<br>KBS Server: ").append(escaped(row.ours()));
      }
      page.append('\n');
    }
    page.append("</table>\n");
  }

  private static void add(StringBuilder page, Finding finding) {
    page.append("<h3>").append(escaped(finding.title())).append("</h3>\n");
    if (finding.failure() != null) {
      page.append("<p>").append(escaped(finding.failure())).append("</p>\n");
      return;
    }
    page.append("<table>\n<tr><th>where<th>original<th>replacement<th>known as\n");
    for (Known known : finding.differences()) {
      page.append("<tr>");
      cell(page, known.difference().where());
      cell(page, known.difference().wanted());
      cell(page, known.difference().got());
      cell(page, known.row() == null ? "" : known.row());
      page.append('\n');
    }
    page.append("</table>\n");
    if (finding.omitted() > 0) {
      page.append("<p>and ").append(finding.omitted()).append(" more</p>\n");
    }
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("<tr><th>").append(escaped(name)).append("<td>").append(escaped(value));
    page.append('\n');
  }

  private static void cell(StringBuilder page, String text) {
    page.append("<td><code>").append(escaped(text)).append("</code>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
