package io.kbsserver.rest.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MostConnectionsTest {

  private static final Duration TIME = Duration.ofSeconds(1);

  @Test
  void whoFindsNoRoomIsToldAndCounted() {
    MostConnections connections = new MostConnections(new ConnectionLimits(1, TIME, TIME, TIME, 1));
    EmbeddedChannel served = new EmbeddedChannel(connections);
    EmbeddedChannel told = new EmbeddedChannel(connections);
    assertEquals(0, served.outboundMessages().size());
    assertEquals(1, told.outboundMessages().size());
    assertEquals(1, connections.open());
    assertEquals(1, connections.refused());
    served.finishAndReleaseAll();
    assertEquals(0, connections.open());
    told.finishAndReleaseAll();
  }
}
