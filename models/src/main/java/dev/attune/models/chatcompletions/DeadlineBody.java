package dev.attune.models.chatcompletions;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of a reply while it arrives. Reading ends with {@link HttpTimeoutException} at the
 * deadline, and with {@link InterruptedIOException} if the thread is interrupted; the body of the
 * JDK's client does neither. Holds what the connection gives at once, a few kilobytes.
 */
final class DeadlineBody extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {
  /** Arrives after the last bytes. The failure is null if the body is complete. */
  private record End(@Nullable Throwable failure) {}

  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private final AtomicReference<Flow.@Nullable Subscription> source = new AtomicReference<>();
  private final long deadline;
  private @Nullable End end;

  /**
   * Creates a body that is to be subscribed.
   *
   * @param deadline a time of {@link System#nanoTime}
   */
  DeadlineBody(long deadline) {
    this.deadline = deadline;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source.set(subscription);
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    arrived.add(bytes);
  }

  @Override
  public void onError(Throwable failure) {
    arrived.add(new End(failure));
  }

  @Override
  public void onComplete() {
    arrived.add(new End(null));
  }

  @Override
  public int read() throws IOException {
    ByteBuffer next = next();
    return next == null ? -1 : Byte.toUnsignedInt(next.get());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer next = next();
    if (next == null) {
      return -1;
    }
    int count = Math.min(length, next.remaining());
    next.get(bytes, offset, count);
    return count;
  }

  /** Returns bytes that have arrived, or null after the last ones; waits for them. */
  private @Nullable ByteBuffer next() throws IOException {
    while (true) {
      ByteBuffer first = buffers.peek();
      if (first != null && first.hasRemaining()) {
        return first;
      }
      if (first != null) {
        buffers.remove();
      } else if (end != null) {
        if (end.failure() != null) {
          throw new IOException(end.failure());
        }
        return null;
      } else {
        await();
      }
    }
  }

  private void await() throws IOException {
    Object next;
    try {
      next = arrived.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    if (next == null) {
      throw new HttpTimeoutException("deadline");
    }
    if (next instanceof End last) {
      end = last;
    } else {
      for (Object bytes : (List<?>) next) {
        buffers.add((ByteBuffer) bytes);
      }
      Flow.Subscription subscription = source.get();
      if (subscription != null) {
        subscription.request(1);
      }
    }
  }

  /** Ends the reply; the connection is closed if it was not complete. */
  @Override
  public void close() {
    Flow.Subscription subscription = source.get();
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
