package dev.attune.testing.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on loopback. Serves up to 64 calls at a time. */
public final class LoopbackServer implements AutoCloseable {
  private static final int THREADS = 64;

  static {
    // Read when the server's classes are loaded. Without the first each small answer on a used
    // connection waits 40 ms. Seconds: a client that pauses longer may find its connection closed.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  /** Answers requests. */
  @FunctionalInterface
  public interface Service {
    /** Returns the answer, which may be lost. */
    StubReply answer(StubRequest request) throws IOException;
  }

  /**
   * Reserves a port.
   *
   * @param port 0 for a free one
   * @param name of its threads
   */
  public LoopbackServer(int port, String name) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    threads = newThreads(name);
    server.setExecutor(threads);
  }

  /** Serves from now on. */
  public void start(Service service) {
    server.createContext("/", exchange -> serve(exchange, service));
    server.start();
  }

  private static ExecutorService newThreads(String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Returns the address without a slash at the end, such as {@code http://127.0.0.1:41234}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void serve(HttpExchange exchange, Service service) throws IOException {
    try (exchange) {
      StubReply reply = service.answer(StubRequest.of(exchange));
      if (!reply.isLost()) {
        reply.sendTo(exchange);
      }
    }
  }

  /** Closes all connections. Calls that wait are interrupted. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
