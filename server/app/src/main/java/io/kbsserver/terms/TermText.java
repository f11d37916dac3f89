package io.kbsserver.terms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kbsserver.refusal.Fault;
import io.kbsserver.refusal.InvalidParameters;
import io.kbsserver.text.Cleaned;
import io.kbsserver.text.PlainText;
import io.kbsserver.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a term as they are stored. Null means "not given".
 *
 * @param changed the parameters of whose texts something was taken out
 */
record TermText(@Nullable String name, @Nullable String description, List<String> changed) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION_BYTES = 65_535;

  /** Refuses a name that is empty or, as it is stored, too long. */
  static TermText of(@Nullable String name, @Nullable String description) {
    List<String> changed = new ArrayList<>();
    String storedName = null;
    if (name != null) {
      Cleaned plain = PlainText.cleanName(name);
      note("name", plain, changed);
      storedName = PlainText.trim(Sanitizer.title(plain.text()).text());
      if (storedName.isEmpty()) {
        throw InvalidParameters.of("empty_term_name", "name", "A name is required for this term.");
      }
      if (storedName.codePointCount(0, storedName.length()) > LONGEST_NAME) {
        throw tooLong("name must be at most " + LONGEST_NAME + " characters long.", "name");
      }
    }
    String storedDescription = null;
    if (description != null) {
      Cleaned cleaned = Sanitizer.title(description);
      note("description", cleaned, changed);
      storedDescription = PlainText.trim(cleaned.text());
      if (storedDescription.getBytes(UTF_8).length > LONGEST_DESCRIPTION_BYTES) {
        throw tooLong(
            "description must be at most " + LONGEST_DESCRIPTION_BYTES + " bytes long.",
            "description");
      }
    }
    return new TermText(storedName, storedDescription, List.copyOf(changed));
  }

  private static void note(String parameter, Cleaned text, List<String> changed) {
    if (!text.whole()) {
      changed.add(parameter);
    }
  }

  private static InvalidParameters tooLong(String message, String parameter) {
    return new InvalidParameters(parameter, new Fault("rest_too_long", message));
  }
}
