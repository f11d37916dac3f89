package io.kbsserver.repair;

import io.kbsserver.change.ChangeSequence;
import io.kbsserver.repair.TableRepair.Progress;
import jakarta.inject.Singleton;

/** Which position in the log was given last: one that was given again would stop all that come. */
@Singleton
class PositionRepair implements Kept {

  private final ChangeSequence sequence;

  PositionRepair(ChangeSequence sequence) {
    this.sequence = sequence;
  }

  @Override
  public String name() {
    return "last position in the log";
  }

  @Override
  public long examine(boolean mend, Progress progress) {
    if (!sequence.isBehindTheLog()) {
      return 0;
    }
    if (mend) {
      sequence.catchUp();
    }
    return 1;
  }
}
