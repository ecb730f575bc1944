package dev.attune.launcher.console;

import java.io.FileDescriptor;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process that works on without an end, talks all the time, and is ended by signals. */
final class SignalledProcess {
  private SignalledProcess() {}

  /**
   * Says {@code ready} on stdout, then goes on saying things on stderr.
   *
   * @param args {@code --json}, {@code hint} to say how to go on, {@code stuck} to end slowly
   */
  public static void main(String[] args) throws InterruptedException {
    List<String> asked = List.of(args);
    ProcessStream out = ProcessStream.of(FileDescriptor.out);
    ProcessStream err = ProcessStream.of(FileDescriptor.err);
    ExitOnSignal signals = ExitOnSignal.watch(out, err, args);
    if (asked.contains("hint")) {
      int millis = asked.contains("slow") ? 300 : 0;
      var unused =
          ResumeHint.during(
              () -> {
                sleep(millis);
                return "Interrupted: half of it is done. Run it again.";
              });
    }
    if (asked.contains("stuck")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> sleep(60_000)));
    }
    new PrintStream(out, true, StandardCharsets.UTF_8).println("ready");
    PrintStream chatter = new PrintStream(err, true, StandardCharsets.UTF_8);
    while (true) {
      chatter.print("still at work ");
      Thread.sleep(1);
      if (asked.contains("ends") && signals.mayEnd()) {
        System.exit(0);
      }
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
