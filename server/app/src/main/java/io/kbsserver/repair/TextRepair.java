package io.kbsserver.repair;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.repair.StoredTextList.StoredTexts;
import io.kbsserver.repair.TableRepair.Progress;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * What is made of texts, by what this version makes of them. Whoever has a copy is told of what
 * becomes another one.
 */
@Singleton
class TextRepair {

  /** Texts may be long. */
  private static final int AT_ONCE = 25;

  private final StoredTextList texts;
  private final ChangeLog changes;

  TextRepair(StoredTextList texts, ChangeLog changes) {
    this.texts = texts;
    this.changes = changes;
  }

  /** Those of one kind. */
  Kept of(ShownTexts kind) {
    return new Kept() {
      @Override
      public String name() {
        return kind.text();
      }

      @Override
      public long examine(boolean mend, Progress progress) {
        return TextRepair.this.examine(kind, mend, progress);
      }
    };
  }

  private long examine(ShownTexts kind, boolean mend, Progress progress) {
    long total = count(kind);
    long seen = 0;
    long found = 0;
    for (List<StoredTexts> some = behind(kind, 0);
        !some.isEmpty();
        some = behind(kind, some.get(some.size() - 1).id())) {
      List<Long> wrong =
          some.stream().filter(one -> isWrong(kind, one)).map(StoredTexts::id).toList();
      if (mend && !wrong.isEmpty()) {
        make(kind, wrong);
      }
      found += wrong.size();
      seen += some.size();
      progress.at(kind.text(), seen, Math.max(seen, total));
    }
    return found;
  }

  private static boolean isWrong(ShownTexts kind, StoredTexts texts) {
    return !kind.of(texts.raw()).equals(texts.made());
  }

  @Connectable
  long count(ShownTexts kind) {
    return texts.count(kind);
  }

  @Connectable
  List<StoredTexts> behind(ShownTexts kind, long id) {
    return texts.behind(kind, id, AT_ONCE);
  }

  @RetriedOnConflict
  @Transactional
  void make(ShownTexts kind, List<Long> ids) {
    // Somebody may have written others since they were looked at.
    List<StoredTexts> wrong =
        texts.locked(kind, ids).stream().filter(one -> isWrong(kind, one)).toList();
    if (!wrong.isEmpty()) {
      changes.showsAnew(kind.subject(), wrong.stream().map(StoredTexts::id).toList());
      wrong.forEach(one -> texts.keep(kind, one.id(), kind.of(one.raw())));
    }
  }
}
