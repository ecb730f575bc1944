package dev.attune.models.genai;

import dev.attune.models.fault.RetryAfter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls of the client on threads of its own, so that an interrupt of the thread that asks ends
 * them at once. Its HTTP client sends each request once, follows no redirects, and ends a call at
 * the deadline, also while the answer arrives.
 */
final class TracedCalls implements AutoCloseable {
  private static final String RETRY_AFTER = "Retry-After";

  /** The call that the thread's request belongs to; a thread has one at a time. */
  private static final ThreadLocal<CallTrace> CURRENT = new ThreadLocal<>();

  private final Clock clock;
  private final OkHttpClient http;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "gemini-call");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Creates the calls of one model.
   *
   * @param limit how long one call may take
   * @param clock for waits that are given as a date
   */
  TracedCalls(Duration limit, Clock clock) {
    this.clock = clock;
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .callTimeout(limit)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .addInterceptor(this::trace)
            .addNetworkInterceptor(this::noteWait)
            .build();
  }

  /** A call of the client, which may give its answer in parts. */
  @FunctionalInterface
  interface Source<T> {
    /** Sends the request and passes the parts of the answer on. */
    void send(Consumer<T> parts);
  }

  /** A part of an answer; null after the last one. */
  private record Arrival<T>(@Nullable T part) {}

  /** Returns the HTTP client for google-genai. */
  OkHttpClient http() {
    return http;
  }

  /**
   * Runs a call. The parts of its answer are passed on by the calling thread.
   *
   * @throws ExecutionException with the exception of the client
   */
  <T> void run(Source<T> source, CallTrace trace, Consumer<T> parts)
      throws ExecutionException, InterruptedException {
    BlockingQueue<Arrival<T>> arrivals = new LinkedBlockingQueue<>();
    FutureTask<@Nullable Void> call =
        new FutureTask<>(
            () -> {
              CURRENT.set(trace);
              try {
                source.send(part -> arrivals.add(new Arrival<>(part)));
              } finally {
                CURRENT.remove();
                arrivals.add(new Arrival<>(null));
              }
              return null;
            });
    threads.execute(call);
    boolean complete = false;
    try {
      for (T part = arrivals.take().part(); part != null; part = arrivals.take().part()) {
        parts.accept(part);
      }
      complete = true;
    } finally {
      if (!complete) {
        trace.cancel();
      }
    }
    call.get();
  }

  private Response trace(Interceptor.Chain chain) throws IOException {
    CallTrace trace = CURRENT.get();
    if (trace != null) {
      trace.started(chain.call());
    }
    return chain.proceed(chain.request());
  }

  /** Keeps the header, which google-genai drops, from OkHttp, which would repeat a call by it. */
  private Response noteWait(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    CallTrace trace = CURRENT.get();
    if (trace != null && !response.isSuccessful()) {
      trace.retryAfter(RetryAfter.of(response::header, clock));
    }
    return response.header(RETRY_AFTER) == null
        ? response
        : response.newBuilder().removeHeader(RETRY_AFTER).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
