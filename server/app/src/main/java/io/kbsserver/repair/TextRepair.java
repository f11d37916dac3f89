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

  private static final int AT_ONCE = 10;

  /** Where so many characters were read, the next is read by itself: there may be more such. */
  private static final int LONG = 1 << 20;

  /**
   * What was seen of some of them.
   *
   * @param last the last of their ids
   * @param next how many are read next
   */
  private record Looked(long last, int rows, List<Long> wrong, int next) {}

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
    Looked looked = new Looked(0, 0, List.of(), AT_ONCE);
    do {
      looked = look(kind, looked);
      if (mend && !looked.wrong().isEmpty()) {
        make(kind, looked.wrong());
      }
      found += looked.wrong().size();
      seen += looked.rows();
      if (looked.rows() > 0) {
        progress.at(kind.text(), seen, Math.max(seen, total));
      }
    } while (looked.rows() > 0);
    return found;
  }

  /** What is behind the last; of these no text is kept. */
  private Looked look(ShownTexts kind, Looked before) {
    List<StoredTexts> some = behind(kind, before.last(), before.next());
    return some.isEmpty()
        ? new Looked(before.last(), 0, List.of(), 0)
        : new Looked(
            some.get(some.size() - 1).id(),
            some.size(),
            some.stream().filter(one -> isWrong(kind, one)).map(StoredTexts::id).toList(),
            some.stream().mapToLong(StoredTexts::length).sum() > LONG ? 1 : AT_ONCE);
  }

  private static boolean isWrong(ShownTexts kind, StoredTexts texts) {
    return !kind.of(texts.raw(), texts.made()).equals(texts.made());
  }

  @Connectable
  long count(ShownTexts kind) {
    return texts.count(kind);
  }

  @Connectable
  List<StoredTexts> behind(ShownTexts kind, long id, int most) {
    return texts.behind(kind, id, most);
  }

  @RetriedOnConflict
  @Transactional
  void make(ShownTexts kind, List<Long> ids) {
    // Somebody may have written others since they were looked at.
    List<StoredTexts> wrong =
        texts.locked(kind, ids).stream().filter(one -> isWrong(kind, one)).toList();
    if (!wrong.isEmpty()) {
      changes.showsAnew(kind.subject(), wrong.stream().map(StoredTexts::id).toList());
      wrong.forEach(one -> texts.keep(kind, one.id(), kind.of(one.raw(), one.made())));
    }
  }
}
