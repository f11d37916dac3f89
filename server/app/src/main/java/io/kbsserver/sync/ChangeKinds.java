package io.kbsserver.sync;

import io.kbsserver.change.Subject;
import io.kbsserver.site.NamedValues;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What changes may be asked for: of what kind the things are. */
@Singleton
class ChangeKinds implements NamedValues {

  /** What is told of; anything else is told of by what it changes there. */
  private static final Set<Subject> TOLD =
      EnumSet.of(Subject.TICKET, Subject.REPLY, Subject.NOTE, Subject.FILE);

  @Override
  public String format() {
    return "change-kind";
  }

  @Override
  public List<String> values() {
    return TOLD.stream().map(Subject::kind).toList();
  }

  /** Those that are asked for, by their names; all of them where none is. */
  static Set<Subject> of(@Nullable List<String> names) {
    return names == null || names.isEmpty()
        ? TOLD
        : names.stream().map(ChangeKinds::of).collect(Collectors.toSet());
  }

  /** The one of this name. */
  static Subject of(String name) {
    return Subject.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
