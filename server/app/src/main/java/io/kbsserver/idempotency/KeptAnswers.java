package io.kbsserver.idempotency;

import io.kbsserver.refusal.Conflict;
import io.kbsserver.refusal.Unprocessable;
import io.kbsserver.storage.LockedRow;
import io.kbsserver.storage.OuterTransaction;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a request once. Its row is made first and completed last, in the transaction of all
 * that it changes: whoever comes meanwhile finds it locked, a server that dies leaves none, and
 * what is committed has its answer. Nodes of a cluster do not see each other's locks; there the
 * later of two commits fails, and its request finds the answer of the other when it is tried again.
 */
@Singleton
public class KeptAnswers {

  /** For so long a request is answered again. */
  static final Duration KEPT = Duration.ofHours(24);

  /** Of an answer, compressed; a longer one is not kept. */
  private static final int MOST_BYTES = 1024 * 1024;

  private static final byte[] NOT_KEPT = {};

  private final KeptAnswerRepository rows;
  private final OuterTransaction transaction;
  private final Clock clock;

  KeptAnswers(KeptAnswerRepository rows, OuterTransaction transaction, Clock clock) {
    this.rows = rows;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What a request was answered.
   *
   * @throws Conflict if it is being carried out, or its answer is not kept
   * @throws Unprocessable if its key was used for another one
   */
  @Transactional
  public Optional<GivenAnswer> find(RepeatableRequest request) {
    return row(request).map(there -> answered(there, request));
  }

  /**
   * Says of a key what it is for, where the answers to its parts are kept and no answer is.
   *
   * @throws Unprocessable if it was used for another request
   */
  @Transactional
  public void claim(RepeatableRequest request) {
    row(request)
        .ifPresentOrElse(
            there -> refuseAnother(there, request),
            () -> rows.add(request.id(), request.digest(), now(), 0, "", NOT_KEPT));
  }

  private Optional<KeptAnswer> row(RepeatableRequest request) {
    Optional<KeptAnswer> row;
    try {
      row = rows.findUnlocked(request.id());
    } catch (RuntimeException e) {
      throw LockedRow.isCauseOf(e) ? Conflict.inProgress() : e;
    }
    if (row.isPresent() && row.get().at().isBefore(now().minus(KEPT))) {
      rows.deleteOld(request.id(), now().minus(KEPT));
      return Optional.empty();
    }
    return row;
  }

  /**
   * Carries out a request, or gives what it was answered by another one that was faster.
   *
   * @param work joins the transaction
   * @param answer what is kept of its result
   * @param again makes a result of what was kept
   */
  public <T> T once(
      RepeatableRequest request,
      Supplier<T> work,
      Function<T, GivenAnswer> answer,
      Function<GivenAnswer, T> again) {
    return transaction.run(
        () -> {
          if (!isFirst(request)) {
            return again.apply(find(request).orElseThrow(Conflict::inProgress));
          }
          T result = work.get();
          GivenAnswer told = answer.apply(result);
          rows.complete(request.id(), told.status(), told.head(), packed(told.body()));
          return result;
        });
  }

  private boolean isFirst(RepeatableRequest request) {
    try {
      return rows.add(request.id(), request.digest(), now(), 0, "", NOT_KEPT) > 0;
    } catch (RuntimeException e) {
      throw LockedRow.isCauseOf(e) ? Conflict.inProgress() : e;
    }
  }

  /** Keeps what a request was answered that has changed nothing. */
  public void keep(RepeatableRequest request, GivenAnswer answer) {
    rows.add(
        request.id(),
        request.digest(),
        now(),
        answer.status(),
        answer.head(),
        packed(answer.body()));
  }

  /** Takes away some of what is not answered again any more, and tells how much. */
  int sweep() {
    return rows.deleteSome(now().minus(KEPT));
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  private static void refuseAnother(KeptAnswer row, RepeatableRequest request) {
    if (!row.request().equals(request.digest())) {
      throw Unprocessable.keyReused();
    }
  }

  private static GivenAnswer answered(KeptAnswer row, RepeatableRequest request) {
    refuseAnother(row, request);
    if (row.body().length == 0) {
      throw Conflict.answerNotKept();
    }
    return new GivenAnswer(row.status(), row.head(), unpacked(row.body()));
  }

  private static byte[] packed(byte @Nullable [] body) {
    if (body == null) {
      return NOT_KEPT;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size() > MOST_BYTES ? NOT_KEPT : packed.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
