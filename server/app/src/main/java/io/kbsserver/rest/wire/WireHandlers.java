package io.kbsserver.rest.wire;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts our handlers between the one that knows HTTP and Micronaut. */
@Singleton
final class WireHandlers implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private final Map<String, ChannelHandler> handlers = new LinkedHashMap<>();

  WireHandlers(HttpCompressionStrategy compression) {
    handlers.put("kbs-head", new HeadAsGet());
    handlers.put("kbs-target", new EscapedTarget());
    handlers.put("kbs-chunks", new WithoutChunks());
    handlers.put("kbs-vary", new VaryByEncoding(compression));
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Customizer(handlers, null));
    return event.getBean();
  }

  /** One for each connection, as Micronaut wants it. */
  private record Customizer(Map<String, ChannelHandler> handlers, @Nullable Channel channel)
      implements NettyServerCustomizer {

    @Override
    public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
      return new Customizer(handlers, connection);
    }

    @Override
    public void onStreamPipelineBuilt() {
      handlers.forEach(
          (name, handler) ->
              requireNonNull(channel)
                  .pipeline()
                  .addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, name, handler));
    }
  }
}
