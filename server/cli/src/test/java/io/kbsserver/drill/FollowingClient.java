package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keeps a copy: by an export first, unless it begins with an empty site, and then by changes. */
final class FollowingClient implements Runnable {

  private final SafeClient client;
  private final boolean exports;
  private final CopyOfTickets copy = new CopyOfTickets();
  private final List<Long> told = new ArrayList<>();
  private int brokenOff;
  private volatile boolean over;
  private volatile long position;
  private volatile Throwable failure;

  FollowingClient(SafeClient client, boolean exports) {
    this.client = client;
    this.exports = exports;
  }

  CopyOfTickets copy() {
    return copy;
  }

  /** The positions of the changes that it was told of, in the order in which it was. */
  List<Long> told() {
    return told;
  }

  /** How often its export was broken off and went on. */
  int brokenOff() {
    return brokenOff;
  }

  Throwable failure() {
    return failure;
  }

  /** Where it has got to. */
  long position() {
    return position;
  }

  /** It ends when there is nothing more. */
  void finish() {
    over = true;
  }

  @Override
  public void run() {
    try {
      if (exports) {
        position = Long.MAX_VALUE;
        export("ticket");
        export("reply");
      }
      while (follow() || !over) {
        Thread.onSpinWait();
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Whether there was anything. */
  private boolean follow() throws InterruptedException {
    boolean last = over;
    JsonNode page =
        client.get(
            "/changes?limit=100&kinds=ticket,reply&after=" + position + "&wait=" + (last ? 0 : 5));
    for (JsonNode change : page.get("changes")) {
      long at = change.get("position").asLong();
      assertTrue(at > position, () -> "Told behind " + position + ": " + change);
      told.add(at);
      String kind = change.get("kind").asText();
      if (change.get("gone").asBoolean()) {
        copy.remove(kind, change.get("id").asLong());
      } else if (change.has("object")) {
        // It comes with the last change of the page.
        copy.put(kind, change.get("object"));
      }
    }
    position = page.get("next").asLong();
    return !last || page.get("more").asBoolean() || !page.get("changes").isEmpty();
  }

  /** Of several exports, and of one that is broken off, the first position is gone on from. */
  private void export(String kind) throws InterruptedException {
    long id = 0;
    while (true) {
      String path = "/tickets/export?kind=" + kind + "&after=" + id;
      try {
        HttpResponse<Stream<String>> answer =
            client.once(client.request("GET", path, null, null), BodyHandlers.ofLines());
        if (answer.statusCode() == 200) {
          boolean complete = false;
          Iterator<String> lines = answer.body().iterator();
          while (lines.hasNext()) {
            JsonNode line = SafeClient.json(lines.next());
            complete = line.path("complete").asBoolean();
            if (line.has("id")) {
              id = line.get("id").asLong();
              copy.put(kind, line);
            } else {
              position = Math.min(position, line.get("position").asLong());
            }
          }
          if (complete) {
            return;
          }
        }
        brokenOff++;
      } catch (IOException | UncheckedIOException e) {
        brokenOff++;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
