package dev.attune.launcher.console;

import dev.attune.launcher.ledger.LedgerKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A shell that keeps what is printed. Its clock goes on by two seconds whenever it is asked. */
public final class TestShell {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream both = new ByteArrayOutputStream();
  private final AtomicLong seconds = new AtomicLong();
  private final Shell shell;

  public TestShell(Path directory) {
    this(directory, Map.of());
  }

  /** A shell with further environment variables. */
  public TestShell(Path directory, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("NAME", "value");
    environment.put(LedgerKind.VARIABLE, LedgerKind.PASSWORD);
    InstantSource clock = () -> Instant.ofEpochSecond(seconds.getAndAdd(2));
    this.shell = new Shell(printing(out), printing(err), false, directory, environment, clock);
  }

  private PrintStream printing(OutputStream kept) {
    OutputStream twice =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            kept.write(b);
            both.write(b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            kept.write(bytes, from, length);
            both.write(bytes, from, length);
          }
        };
    return new PrintStream(twice, true, StandardCharsets.UTF_8);
  }

  /** What a terminal would show: both streams in the order of time. */
  public List<String> both() {
    return both.toString(StandardCharsets.UTF_8).lines().toList();
  }

  public Shell shell() {
    return shell;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public List<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  public String lastLine() {
    return err().get(err().size() - 1);
  }
}
