package io.kbsserver.repair;

import io.kbsserver.repair.TableRepair.Progress;
import io.kbsserver.repair.TermCountRepository.Counter;
import io.kbsserver.storage.RetriedOnConflict;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** How many tickets and replies have a term. */
@Singleton
class TermCountRepair implements Kept {

  private final TermCountRepository counters;
  private final RecountRepository recounts;

  TermCountRepair(TermCountRepository counters, RecountRepository recounts) {
    this.counters = counters;
    this.recounts = recounts;
  }

  @Override
  public String name() {
    return "counts of terms";
  }

  @Override
  public long examine(boolean mend, Progress progress) {
    List<Counter> wrong = wrong();
    for (int done = 0; mend && done < wrong.size(); done++) {
      progress.at(name(), done, wrong.size());
      count(wrong.get(done));
    }
    return wrong.stream().map(Counter::termId).distinct().count();
  }

  @Connectable
  List<Counter> wrong() {
    return counters.wrong();
  }

  @RetriedOnConflict
  @Transactional
  void count(Counter counter) {
    recounts.lock();
    // Whoever gives or takes the term changes the counter in the same transaction: until the end of
    // this one nobody does, and what is read behind the lock is all that those before have done.
    counters.lock(counter.termId(), counter.slot());
    counters.set(
        counter.termId(), counter.slot(), counters.counted(counter.termId(), counter.slot()));
  }
}
