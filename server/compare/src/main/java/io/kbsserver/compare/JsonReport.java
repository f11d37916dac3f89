package io.kbsserver.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kbsserver.compare.Finding.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A report for programs. */
public final class JsonReport {

  /** What a server sent does nothing to a terminal. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private record Whole(
      String original,
      String replacement,
      boolean clean,
      boolean originalListsNothing,
      long agree,
      long refusedAlike,
      long explained,
      long differ,
      long failed,
      Map<String, Integer> skipped,
      @Nullable String stopped,
      List<Group> differences,
      List<Failure> failures) {}

  private record Group(
      boolean meant,
      String field,
      @Nullable String row,
      @Nullable String plugin,
      @Nullable String ours,
      int count,
      int requests,
      String example,
      String where,
      String original,
      String replacement) {

    static Group of(DifferenceGroup group) {
      Deviation row = group.row();
      return new Group(
          group.isMeant(),
          group.field(),
          row == null ? null : row.id(),
          row == null ? null : row.plugin(),
          row == null ? null : row.ours(),
          group.count(),
          group.requests(),
          group.example(),
          group.difference().where(),
          group.difference().wanted(),
          group.difference().got());
    }
  }

  private record Failure(String request, @Nullable String reason) {}

  private JsonReport() {}

  /** One object. */
  public static String of(SiteReport report) {
    Map<String, Integer> skipped = new TreeMap<>();
    report
        .skipped()
        .forEach((why, count) -> skipped.put(why.name().toLowerCase(Locale.ROOT), count));
    try {
      return JSON.writeValueAsString(
          new Whole(
              report.original(),
              report.replacement(),
              report.isClean(),
              report.listsNothing(),
              report.count(Outcome.AGREES),
              report.refusedAlike(),
              report.count(Outcome.EXPLAINED),
              report.count(Outcome.DIFFERS),
              report.count(Outcome.FAILED),
              skipped,
              report.stopped(),
              report.groups().stream().map(Group::of).toList(),
              report.failures().stream()
                  .map(finding -> new Failure(finding.title(), finding.failure()))
                  .toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
