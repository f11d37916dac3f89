package io.kbsserver.rest.wire;

import static java.util.Objects.requireNonNull;

import io.kbsserver.rest.connection.ConnectionLimits;
import io.kbsserver.rest.connection.Doorkeeper;
import io.kbsserver.rest.connection.MostConnections;
import io.kbsserver.rest.connection.RefusedRequests;
import io.kbsserver.rest.connection.SlowClients;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts our handlers where Netty reads and writes HTTP, and between that and Micronaut. */
@Singleton
final class WireHandlers implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private final HttpDecoderConfig syntax;
  private final MostConnections connections;

  /** What stands between the codec and Micronaut, in this order; some are one for all. */
  private final Map<String, Supplier<ChannelHandler>> handlers = new LinkedHashMap<>();

  WireHandlers(
      HttpCompressionStrategy compression,
      NettyHttpServerConfiguration server,
      ConnectionLimits limits,
      MostConnections connections,
      Doorkeeper doorkeeper) {
    this.connections = connections;
    this.syntax =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(server.getMaxInitialLineLength())
            .setMaxHeaderSize(server.getMaxHeaderSize())
            .setMaxChunkSize(server.getMaxChunkSize())
            .setInitialBufferSize(server.getInitialBufferSize());
    // Before all that answer by themselves.
    share("kbs-request-id", new RequestIds());
    handlers.put("kbs-slow", () -> new SlowClients(limits, connections));
    handlers.put("kbs-framing", RequestFraming::new);
    handlers.put("kbs-pieces", SmallPieces::new);
    share("kbs-head", new HeadAsGet());
    share("kbs-target", new EscapedTarget());
    share("kbs-chunks", new WithoutChunks());
    share("kbs-vary", new VaryByEncoding(compression));
    share("kbs-security", new SecurityHeaders());
    handlers.put("kbs-refused", () -> new RefusedRequests(doorkeeper, connections::isRoomy));
  }

  private void share(String name, ChannelHandler handler) {
    handlers.put(name, () -> handler);
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Customizer(null));
    return event.getBean();
  }

  private void addTo(ChannelPipeline pipeline) {
    String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
    pipeline.replace(codec, codec, new ServerCodec(syntax));
    pipeline.addFirst("kbs-connections", connections);
    handlers.forEach(
        (name, handler) ->
            pipeline.addBefore(
                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, name, handler.get()));
  }

  /** One for each connection, as Micronaut wants it. */
  private final class Customizer implements NettyServerCustomizer {

    private final @Nullable Channel channel;

    Customizer(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
      return new Customizer(connection);
    }

    @Override
    public void onStreamPipelineBuilt() {
      addTo(requireNonNull(channel).pipeline());
    }
  }
}
