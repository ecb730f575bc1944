package dev.attune.pipeline.run.flink;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Closes every connection to the REST server of Flink in this process before a byte is read from
 * it. Flink starts that server with every cluster and asks nobody for a password, so any user of
 * the machine could submit a job there, which is code that runs as this user. Attune itself talks
 * to Flink in this process by method calls. A cluster of other processes does not load this class.
 *
 * <p>Flink finds it by {@link java.util.ServiceLoader}.
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

  /** Closes the connection that it is added to. */
  private static final class Close extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext connection) {
      var unused = connection.close();
    }
  }
}
