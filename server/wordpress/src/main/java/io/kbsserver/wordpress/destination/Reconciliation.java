package io.kbsserver.wordpress.destination;

import io.kbsserver.wordpress.report.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rule for changes on both sides: what becomes of something that an import has brought, and
 * that has changed in WordPress, here, or on both sides since.
 */
public enum Reconciliation {
  /** WordPress has it as it was: whatever it is here by now, it stays. */
  UNCHANGED,
  /** Only WordPress has changed it, or both sides alike: it becomes what it is there. */
  TAKEN,
  /** Both sides have changed it: it stays as it is here. */
  KEPT,
  /**
   * Both sides have changed a user, who is never kept: whoever lost a role or a password there
   * loses it here. Only passwords that were made or revoked here are left alone.
   */
  MERGED;

  /** What a migration notes of rows that got more columns than the import had brought. */
  private static final byte[] NOT_KNOWN = new byte[16];

  /**
   * What is remembered of an import, as fingerprints.
   *
   * @param there how WordPress had it
   * @param here what it was here
   */
  public record Before(byte[] there, byte[] here) {

    /** Whether WordPress has it as it had it then. */
    boolean isUnchanged(byte[] thereNow) {
      return Arrays.equals(there, thereNow);
    }
  }

  /** Of what WordPress still has, given what both sides have now. */
  public static Reconciliation of(Kind kind, Before before, byte[] there, byte @Nullable [] here) {
    if (before.isUnchanged(there)) {
      return UNCHANGED;
    }
    if (!hasChangedHere(kind, before.here(), here) || Arrays.equals(there, here)) {
      return TAKEN;
    }
    return kind == Kind.USER ? MERGED : KEPT;
  }

  /** Of what WordPress no longer has: it goes here as well, or it stays. */
  public static Reconciliation ofGone(Kind kind, boolean changedHere) {
    return changedHere && kind != Kind.USER ? KEPT : TAKEN;
  }

  /**
   * Whether anybody has changed here what was brought, as far as that is known; nobody can change
   * what is known of a file.
   */
  public static boolean hasChangedHere(Kind kind, byte[] before, byte @Nullable [] now) {
    return kind != Kind.ATTACHMENT
        && !Arrays.equals(before, now)
        && !Arrays.equals(before, NOT_KNOWN);
  }
}
