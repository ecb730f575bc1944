package dev.attune.launcher.loop.turn;

import dev.attune.launcher.ledger.Runs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * This process, and whether the process of another run is still there. Only processes of one
 * machine, one container and one user can look each other up.
 */
final class RunProcess {
  /** Where Linux names this boot of the machine. */
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Where Linux names the container: the process numbers in it are its own. */
  private static final Path CONTAINER = Path.of("/proc/self/ns/pid");

  /** The fields of {@code /proc/N/stat} behind the name of the program, which may have blanks. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  private RunProcess() {}

  /** What is known of a process. */
  enum Presence {
    RUNNING,
    ENDED,
    /** It is on another machine, in another container or another user's. */
    UNKNOWN
  }

  /** Returns this process as the owner of a new run. */
  static Runs.Owner own() {
    String run = UUID.randomUUID().toString();
    long process = ProcessHandle.current().pid();
    String host = host();
    // The first process of a container finds none of an earlier run. Containers in machines that
    // were restored from one snapshot may even share the names below.
    String machine = process == 1 ? run : machine(host, run);
    return new Runs.Owner(run, host, machine, process, started(process).orElse("unknown"));
  }

  /** Looks for the process of another run. */
  static Presence presence(Runs.Owner other, Runs.Owner own) {
    if (!other.machine().equals(own.machine())) {
      return Presence.UNKNOWN;
    }
    return started(other.process()).filter(other.started()::equals).isPresent()
        ? Presence.RUNNING
        : Presence.ENDED;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown"; // A machine whose own name does not resolve.
    }
  }

  private static String machine(String host, String run) {
    String user = System.getProperty("user.name", "");
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return System.getProperty("os.name") + " " + host + " " + user;
    }
    try {
      String boot = Files.readString(BOOT).strip();
      return boot + " " + Files.readSymbolicLink(CONTAINER) + " " + user;
    } catch (IOException e) {
      return run; // Without /proc no other process is comparable.
    }
  }

  /** Returns when a process started, or empty if there is no such process. */
  private static Optional<String> started(long process) {
    if (!Files.isReadable(BOOT)) {
      return ProcessHandle.of(process)
          .flatMap(found -> found.info().startInstant())
          .map(Object::toString);
    }
    try {
      // Not the handle's time: it depends on the clock, which may be set while a run is at work.
      // Bytes, for the name of a program may be no UTF-8.
      byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(process), "stat"));
      String stat = new String(bytes, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return ended ? Optional.empty() : Optional.of(fields[START_TIME]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
