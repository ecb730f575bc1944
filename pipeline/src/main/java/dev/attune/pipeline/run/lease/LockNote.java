package dev.attune.pipeline.run.lease;

import dev.attune.pipeline.write.destination.RunLock;
import dev.attune.place.ObjectVersion;
import dev.attune.schema.Printable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a lock says for people.
 *
 * @param user name of the account of the machine
 * @param host name of the machine
 * @param since when the lock was taken, by the owner's clock
 * @param until when it may be taken over unless it is renewed, by the owner's clock
 */
record LockNote(String user, String host, Instant since, Instant until) {
  private static final String USER = "attune-user";
  private static final String HOST = "attune-host";
  private static final String SINCE = "attune-since";
  private static final String UNKNOWN = "unknown";
  private static final int LENGTH = 64;

  static LockNote ofThisProcess(Duration lease) {
    Instant now = now();
    String user = System.getProperty("user.name");
    return new LockNote(user == null ? UNKNOWN : user, thisHost(), now, now.plus(lease));
  }

  /** Returns what a lock says; what it does not say is unknown, or long ago. */
  static LockNote of(ObjectVersion lock) {
    Map<String, String> metadata = lock.metadata();
    return new LockNote(
        Printable.shortened(metadata.getOrDefault(USER, UNKNOWN), LENGTH),
        Printable.shortened(metadata.getOrDefault(HOST, UNKNOWN), LENGTH),
        time(metadata.get(SINCE)),
        time(metadata.get(RunLock.UNTIL)));
  }

  private static Instant time(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  LockNote renewed(Duration lease) {
    return new LockNote(user, host, since, now().plus(lease));
  }

  Map<String, String> metadata(RunLock lock) {
    return Map.of(
        RunLock.OWNER,
        lock.owner(),
        USER,
        user,
        HOST,
        host,
        SINCE,
        since.toString(),
        RunLock.UNTIL,
        until.toString());
  }

  /** Returns by how much the owner's deadline has passed, by the clock of this machine. */
  Duration overdue() {
    return Duration.between(until, now());
  }

  private static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}
