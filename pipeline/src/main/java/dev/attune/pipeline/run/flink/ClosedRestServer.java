package dev.attune.pipeline.run.flink;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Closes every connection to the REST server of embedded Flink before a byte is read from it. Flink
 * starts that server with every cluster and without authentication, so any user of the machine
 * could submit a job to it, which is code that runs as this user. Attune calls embedded Flink
 * directly. An external cluster does not load this class.
 *
 * <p>Flink loads it by {@link java.util.ServiceLoader}.
 */
public final class ClosedRestServer implements InboundChannelHandlerFactory {
  /** Called by Flink. */
  public ClosedRestServer() {}

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Optional<ChannelHandler> createHandler(
      Configuration configuration, Map<String, String> responseHeaders) {
    return Optional.of(new Close());
  }

  /** Closes its connection. */
  private static final class Close extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext connection) {
      var unused = connection.close();
    }
  }
}
