package io.kbsserver.webhooks;

import io.kbsserver.access.AccountException;
import io.kbsserver.access.Caller;
import io.kbsserver.access.KnownCallers;
import io.kbsserver.access.UserAccounts;
import io.kbsserver.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Manages everybody's webhooks, for whoever runs the server: each in the name of its user. */
@Singleton
public class WebhookAdministration {

  /**
   * A server looks for work each second. It may be at what waits already, for 20 seconds and the 15
   * of the last message, and then gives this one 15.
   */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private static final long PAUSE_MILLIS = 200;

  private final WebhookRows rows;
  private final WebhookWriter writer;
  private final KnownCallers callers;
  private final UserAccounts accounts;

  WebhookAdministration(
      WebhookRows rows, WebhookWriter writer, KnownCallers callers, UserAccounts accounts) {
    this.rows = rows;
    this.writer = writer;
    this.callers = callers;
    this.accounts = accounts;
  }

  /** A webhook, and whose it is. */
  public record Listed(Webhook webhook, String login) {}

  /** What came of a test. */
  public record Tested(boolean hasArrived, String message) {}

  /** All, by id. */
  public List<Listed> list() {
    return rows.all();
  }

  /** One more for a user. */
  public WebhookView add(String login, WebhookDraft draft) {
    Caller owner = caller(accounts.account(login).id());
    return refusing(() -> writer.create(draft, owner));
  }

  /** There is no such webhook any more. */
  public void remove(long id) {
    rows.remove(id);
  }

  /** Has a message sent that tells of nothing; gives the id of the delivery. */
  public long ask(long id) {
    Caller owner = owner(id);
    return refusing(() -> writer.test(id, owner)).number();
  }

  /** The same, and waits until a server has sent it. */
  public Tested test(long id) {
    long delivery = ask(id);
    long end = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < end) {
      Delivery now = rows.delivery(delivery, id);
      if (!now.status().equals(Delivery.Status.WAITING.kept())) {
        boolean arrived = now.error() == null;
        return new Tested(
            arrived,
            arrived
                ? "The receiver answered %d after %d ms.".formatted(now.answer(), now.duration())
                : String.valueOf(now.error()));
      }
      pause();
    }
    return new Tested(false, "No server has sent it yet; is one running?");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AccountException("Stopped before the message was sent.");
    }
  }

  /** One delivery once more. */
  public void replay(long id, long delivery) {
    Caller owner = owner(id);
    refusing(() -> writer.again(id, delivery, owner));
  }

  /** All from a position on once more. */
  public void replayFrom(long id, long position) {
    Caller owner = owner(id);
    refusing(() -> writer.againFrom(id, position, owner));
  }

  private Caller owner(long id) {
    return caller(rows.find(id).userId());
  }

  private Caller caller(long userId) {
    return callers
        .find(userId)
        .orElseThrow(() -> new AccountException("Its user may not log in any more."));
  }

  private static <T> T refusing(Supplier<T> work) {
    try {
      return work.get();
    } catch (Refusal e) {
      throw new AccountException(
          e.faults().isEmpty() ? e.getMessage() : e.faults().values().iterator().next().message());
    }
  }
}
