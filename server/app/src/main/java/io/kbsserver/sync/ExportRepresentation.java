package io.kbsserver.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kbsserver.list.Late;
import io.kbsserver.list.LateTexts;
import io.kbsserver.rest.streaming.LateJson;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Turns exported things into what goes over the wire. */
@Singleton
public class ExportRepresentation {

  private final JsonMapper json;

  ExportRepresentation(JsonMapper json) {
    this.json = json;
  }

  /**
   * Lines of JSON: the position, each thing as it is answered, and the position again, by which one
   * knows that the export is whole.
   */
  public InputStream lines(Export export) {
    String position = "{\"position\":" + export.position();
    return new ExportStream(
        bytes(position + "}\n"),
        export.things(),
        this::lines,
        bytes(position + ",\"complete\":true}\n"));
  }

  private Iterator<InputStream> lines(List<?> things) {
    StringBuilder lines = new StringBuilder();
    things.forEach(thing -> lines.append(written(item(thing))).append('\n'));
    List<LateTexts> late = late(things);
    return List.<InputStream>of(
            late.isEmpty() ? bytes(lines.toString()) : new LateJson(lines.toString(), late, json))
        .iterator();
  }

  /** A table with a line of names. */
  public InputStream table(Export export) {
    List<ExportColumns.Column> columns = ExportColumns.of(export.kind());
    String names = CsvCells.line(columns.stream().map(ExportColumns.Column::name).toList());
    return new ExportStream(
        bytes(names),
        export.things(),
        // One row after the other, since all of them may be more than fits into memory.
        things -> things.stream().map(thing -> bytes(row(thing, columns))).iterator(),
        InputStream.nullInputStream());
  }

  private String row(Object thing, List<ExportColumns.Column> columns) {
    JsonNode tree = tree(item(thing));
    List<LateTexts> late = late(List.of(thing));
    List<String> cells = new ArrayList<>();
    columns.forEach(column -> cells.add(cell(at(tree, column.place()), late)));
    return CsvCells.line(cells);
  }

  private static JsonNode at(JsonNode tree, List<String> place) {
    JsonNode node = tree;
    for (String name : place) {
      JsonNode next = node.get(name);
      if (next == null) {
        return JsonNode.nullNode();
      }
      node = next;
    }
    return node;
  }

  private static String cell(JsonNode value, List<LateTexts> late) {
    if (value.isNull()) {
      return "";
    }
    if (value.isArray()) {
      return CsvCells.text(
          StreamSupport.stream(value.values().spliterator(), false)
              .map(JsonNode::coerceStringValue)
              .collect(Collectors.joining(" ")));
    }
    return value.isString()
        ? CsvCells.text(withTexts(value.getStringValue(), late))
        : value.coerceStringValue();
  }

  private static String withTexts(String text, List<LateTexts> late) {
    if (late.isEmpty()) {
      return text;
    }
    StringBuilder whole = new StringBuilder();
    Matcher marks = LateTexts.marks(late, text);
    while (marks.find()) {
      marks.appendReplacement(whole, Matcher.quoteReplacement(LateTexts.at(marks, late)));
    }
    return marks.appendTail(whole).toString();
  }

  private static Object item(Object thing) {
    return thing instanceof Late<?> late ? late.item() : thing;
  }

  private static List<LateTexts> late(List<?> things) {
    return things.stream()
        .flatMap(thing -> thing instanceof Late<?> late ? Stream.of(late.texts()) : Stream.of())
        .distinct()
        .filter(texts -> !texts.isEmpty())
        .toList();
  }

  private String written(Object object) {
    try {
      return new String(json.writeValueAsBytes(object), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode tree(Object object) {
    try {
      return json.writeValueToTree(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
