package io.kbsserver.history;

import static java.util.Map.entry;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field that went from something to something, as text: nothing, one value, or a list.
 *
 * @param longText whether a side is left out, since it is a long text
 */
public record FieldChange(
    String field, List<String> from, List<String> to, @JsonProperty("long_text") boolean longText) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the columns of the log are called; the others are called as they are. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          entry("agent_id", "agent"),
          entry("author_id", "author"),
          entry("company_id", "company"),
          entry("content_raw", "content"),
          entry("created_by", "opened_by"),
          entry("customer_id", "customer"),
          entry("form_id", "form"),
          entry("reply_count", "replies"),
          entry("reply_id", "reply"),
          entry("resolved_local", "resolved_date"),
          entry("source_id", "source"),
          entry("ticket_id", "ticket"),
          entry("title_raw", "title"),
          entry("user_id", "user"),
          entry("user_info_email", "sender_email"));

  /** What is the same in other words, or nobody's business. */
  private static final Set<String> NOT_TOLD =
      Set.of(
          "date_local",
          "deleted_status",
          "file",
          "modified_local",
          "sha256",
          "url",
          "user_info_id",
          "user_ip");

  /** What a row of the log tells; nothing where it tells no fields. */
  static List<FieldChange> of(@Nullable String fields) {
    if (fields == null) {
      return List.of();
    }
    List<FieldChange> changes = new ArrayList<>();
    try {
      for (Map.Entry<String, JsonNode> field : JSON.readTree(fields).properties()) {
        if (!NOT_TOLD.contains(field.getKey())) {
          JsonNode from = field.getValue().path("from");
          JsonNode to = field.getValue().path("to");
          changes.add(
              new FieldChange(
                  NAMES.getOrDefault(field.getKey(), field.getKey()),
                  told(from),
                  told(to),
                  from.isObject() || to.isObject()));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return changes;
  }

  /** As people read it. */
  @Override
  public String toString() {
    return longText
        ? field
        : "%s: %s -> %s".formatted(field, String.join(" ", from), String.join(" ", to));
  }

  private static List<String> told(JsonNode side) {
    List<String> values = new ArrayList<>();
    if (side.isArray()) {
      side.forEach(value -> values.add(value.asText()));
    } else if (side.isValueNode() && !side.isNull()) {
      values.add(side.asText());
    }
    return values;
  }
}
