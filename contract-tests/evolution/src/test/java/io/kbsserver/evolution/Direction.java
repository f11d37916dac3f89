package io.kbsserver.evolution;

import io.kbsserver.evolution.Change.Compatible;
import io.kbsserver.evolution.Change.Incompatible;

/** Which way a value goes. What is sent may become more; what is answered may become less. */
enum Direction {
  REQUEST,
  RESPONSE;

  /** What happens to the values that are possible. */
  enum Effect {
    /** Some are not possible any more. */
    NARROWED,
    /** There are more. */
    WIDENED,
    /** Some go, others come, or they mean something else. */
    REPLACED;

    /** The effect of a restriction that there was or is; null stands for none. */
    static Effect ofRestriction(Object before, Object now) {
      if (before == null) {
        return NARROWED;
      }
      return now == null ? WIDENED : REPLACED;
    }

    /** The effect of a bound; null stands for none. */
    static <N extends Comparable<N>> Effect ofMaximum(N before, N now) {
      Effect effect = ofRestriction(before, now);
      if (effect != REPLACED) {
        return effect;
      }
      return now.compareTo(before) < 0 ? NARROWED : WIDENED;
    }

    /** The effect of a bound; null stands for none. */
    static <N extends Comparable<N>> Effect ofMinimum(N before, N now) {
      Effect effect = ofRestriction(before, now);
      if (effect != REPLACED) {
        return effect;
      }
      return now.compareTo(before) > 0 ? NARROWED : WIDENED;
    }
  }

  Change change(Effect effect, String operation, String place, String what) {
    Effect allowed = this == REQUEST ? Effect.WIDENED : Effect.NARROWED;
    return effect == allowed
        ? new Compatible(operation, place, what)
        : new Incompatible(operation, place, what);
  }
}
