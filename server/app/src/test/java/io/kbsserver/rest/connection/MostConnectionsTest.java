package io.kbsserver.rest.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MostConnectionsTest {

  private static final Duration TIME = Duration.ofSeconds(1);

  @Test
  void whoFindsNoRoomIsToldAndCounted() {
    MostConnections connections = new MostConnections(new ConnectionLimits(1, TIME, TIME, TIME, 1));
    EmbeddedChannel served = new EmbeddedChannel(connections);
    served.writeInbound("GET");
    EmbeddedChannel told = new EmbeddedChannel(connections);
    assertEquals(0, served.outboundMessages().size());
    assertEquals(1, told.outboundMessages().size());
    assertEquals(1, connections.open());
    assertEquals(1, connections.refused());
    served.finishAndReleaseAll();
    assertEquals(0, connections.open());
    told.finishAndReleaseAll();
  }

  @Test
  void whoHasWaitedLongestMakesRoom() {
    MostConnections connections = new MostConnections(new ConnectionLimits(3, TIME, TIME, TIME, 1));
    EmbeddedChannel asking = new EmbeddedChannel(connections);
    EmbeddedChannel first = new EmbeddedChannel(connections);
    EmbeddedChannel second = new EmbeddedChannel(connections);
    asking.writeInbound("GET");
    first.writeInbound("GET");
    connections.waits(first);
    EmbeddedChannel third = new EmbeddedChannel(connections);
    second.runPendingTasks();
    assertEquals(List.of(true, true, false, true), open(asking, first, second, third));
    EmbeddedChannel fourth = new EmbeddedChannel(connections);
    // Whom a request reaches in the last moment answers it, and the next one goes.
    first.writeInbound("GET");
    third.runPendingTasks();
    assertEquals(List.of(true, true, false, true), open(asking, first, third, fourth));
    assertEquals(3, connections.open());
    assertEquals(0, connections.refused());
    for (EmbeddedChannel channel : List.of(asking, first, second, third, fourth)) {
      channel.finishAndReleaseAll();
    }
    assertEquals(0, connections.open());
  }

  private static List<Boolean> open(EmbeddedChannel... channels) {
    return Stream.of(channels).map(EmbeddedChannel::isActive).toList();
  }
}
