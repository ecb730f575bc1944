package dev.attune.launcher.ledger;

import dev.attune.filesystem.FileMode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.password.LedgerOwnership;
import dev.attune.launcher.ledger.password.PasswordFile;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.h2.H2FileContents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the file of an H2 ledger before H2 opens it. H2 creates a new database in an empty file,
 * and opens an older state, or an empty one, of a truncated file. A ledger that loses entries could
 * let a job be paid for twice.
 *
 * <p>H2 stores a header twice at the beginning of the file, in blocks of 4,096 bytes: the position
 * of the newest chunk of data, and {@code clean:1} after an orderly end. A file without that mark,
 * whose last process was killed, is not checked: H2 returns to the last complete chunk.
 *
 * @param path the {@code .mv.db} file
 * @param folder {@code NAME.files} beside the file
 */
record LedgerFile(Path path, Path folder) {
  /** H2's endings of the file, of its lock while it is open, and of its trace. */
  private static final String END = ".mv.db";

  private static final String LOCK_END = ".lock.db";
  private static final String TRACE_END = ".trace.db";

  private static final int BLOCK = 4096;

  /** Longer than the header of a chunk. */
  private static final int LONGEST_CHUNK_HEADER = 1024;

  private static final int HEX = 16;
  private static final String CHECKSUM = ",fletcher:";

  /**
   * Number of attempts to read the file: another process may be writing it. If there is H2's lock,
   * one is probably creating it, and may wait for a processor meanwhile: 5 seconds.
   */
  private static final int LOOKS = 3;

  private static final int LOOKS_IF_LOCKED = 50;
  private static final long MILLIS_BETWEEN_LOOKS = 100;

  /** Returns the file with the password, {@code NAME.password}. */
  PasswordFile password() {
    return new PasswordFile(beside(".password"));
  }

  /** Returns the file of the ledger's name with another ending. */
  private Path beside(String end) {
    String name = path.getFileName().toString();
    return path.resolveSibling(name.substring(0, name.length() - END.length()) + end);
  }

  /**
   * Refuses a ledger that another user of the machine owns or has replaced by a link; opens
   * nothing.
   *
   * @throws CommandFailure if another user owns it, or this user may not read and write it
   */
  void requireOwn() throws CommandFailure {
    LedgerOwnership.requireOwn(
        path,
        Stream.concat(
                Stream.of(password().path()),
                Stream.of(LOCK_END, TRACE_END, END + ".tempFile", END + ".newFile")
                    .map(this::beside))
            .toList());
  }

  /** Restricts the permissions of files that H2 or older versions of Attune created. */
  void protect() {
    for (String end : List.of(END, LOCK_END, TRACE_END, ".password")) {
      FileMode.PRIVATE.setOnFile(beside(end));
    }
    FileMode.PRIVATE.setOnFolder(folder);
  }

  /** Returns the failure of a ledger that cannot be opened with the password in its file. */
  CommandFailure wrongPassword(Throwable cause) {
    Path file = password().path();
    boolean exists = Files.exists(file);
    return new CommandFailure(
        FailureCode.LEDGER,
        Messages.of(
            exists ? "launcher.ledger.other-password" : "launcher.ledger.password-gone",
            path,
            file),
        cause);
  }

  /** Returns the least version of H2's data that an undamaged file has; 0 if it is unknown. */
  long version() {
    return Files.exists(path) ? seen().version() : 0;
  }

  /**
   * The state of the file before H2 opened it.
   *
   * @param warning a sentence about a ledger that no longer exists, or null
   * @param existed whether the file existed and was not empty
   * @param version the least version of H2's data that an undamaged file has
   */
  record Seen(@Nullable String warning, boolean existed, long version) {}

  /** The fault of a file. */
  private enum Fault {
    NONE,
    EMPTY,
    DAMAGED
  }

  /**
   * Checks the file; changes nothing.
   *
   * @throws CommandFailure if the file is empty although it was in use, is truncated, or is not a
   *     ledger
   */
  Seen look() throws CommandFailure {
    if (!Files.exists(path)) {
      String warning = hasJobs() ? Messages.of("launcher.ledger.gone", path, folder) : null;
      return new Seen(warning, false, 0);
    }
    Fault fault = fault();
    for (int look = 1; look < looks() && fault != Fault.NONE; look++) {
      pause();
      fault = fault();
    }
    switch (fault) {
      case EMPTY ->
          throw new CommandFailure(
              FailureCode.LEDGER, Messages.of("launcher.ledger.empty", path, folder));
      case DAMAGED -> throw damaged(null);
      case NONE -> refuseCode();
    }
    return seen();
  }

  private int looks() {
    return Files.exists(beside(LOCK_END)) ? LOOKS_IF_LOCKED : LOOKS;
  }

  /** Refuses a file with code that H2 would run when it opens the file. */
  private void refuseCode() throws CommandFailure {
    Optional<String> program = program(1);
    if (program.isPresent()) {
      throw new CommandFailure(
          FailureCode.LEDGER, Messages.of("launcher.ledger.code", path, program.orElseThrow()));
    }
  }

  private Optional<String> program(int look) throws CommandFailure {
    try {
      return H2FileContents.program(path);
    } catch (H2FileContents.InUseException e) {
      return Optional.empty(); // A process of this user, who owns the file, has it open.
    } catch (IOException e) {
      if (look >= looks()) {
        throw damaged(e);
      }
    }
    pause();
    return program(look + 1);
  }

  private Seen seen() {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      Map<String, String> header = newestHeader(file);
      return new Seen(null, file.size() > 0, header == null ? 0 : version(header));
    } catch (IOException | NumberFormatException e) {
      return new Seen(null, true, 0);
    }
  }

  /** Returns the warning about a ledger without jobs that has job folders beside it. */
  String lostJobsWarning() {
    return Messages.of("launcher.ledger.jobs-lost", path, folder);
  }

  /**
   * Returns the failure of a file that H2 cannot use.
   *
   * @param cause the fault, or null
   */
  CommandFailure damaged(@Nullable Throwable cause) {
    return new CommandFailure(
        FailureCode.LEDGER, Messages.of("launcher.ledger.damaged", path, folder), cause);
  }

  /** Returns whether the folder beside the ledger contains jobs. */
  boolean hasJobs() {
    try (Stream<Path> jobs = Files.list(folder.resolve("jobs"))) {
      return jobs.anyMatch(Files::isDirectory);
    } catch (IOException e) {
      return false; // The folder does not exist.
    }
  }

  /** Removes the file if it is empty because H2 could not write its first byte. */
  void removeIfEmpty() {
    try {
      if (Files.size(path) == 0) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // The next command reports the file.
    }
  }

  private Fault fault() {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      if (file.size() == 0) {
        return Files.isDirectory(folder) ? Fault.EMPTY : Fault.NONE;
      }
      Map<String, String> header = newestHeader(file);
      if (header == null) {
        return Fault.DAMAGED;
      }
      boolean clean = "1".equals(header.get("clean"));
      return clean && isCut(file, header) ? Fault.DAMAGED : Fault.NONE;
    } catch (IOException | NumberFormatException e) {
      return Fault.NONE; // H2 reports why the file cannot be read.
    }
  }

  /** Returns whether the newest chunk is incomplete, or chunks after it are missing. */
  private static boolean isCut(FileChannel file, Map<String, String> header) throws IOException {
    String block = header.get("block");
    if (block == null) {
      return false; // closed before anything was entered
    }
    long start = Long.parseLong(block, HEX) * BLOCK;
    byte[] bytes = read(file, start, LONGEST_CHUNK_HEADER);
    Map<String, String> chunk = chunk(bytes);
    String length = chunk == null ? null : chunk.get("len");
    if (chunk == null || length == null || !same(chunk.get("chunk"), header.get("chunk"))) {
      return true;
    }
    return file.size() < start + Long.parseLong(length, HEX) * BLOCK;
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one != null && one.equals(other);
  }

  private static @Nullable Map<String, String> newestHeader(FileChannel file) throws IOException {
    Map<String, String> first = header(read(file, 0, BLOCK));
    Map<String, String> second = header(read(file, BLOCK, BLOCK));
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return version(first) >= version(second) ? first : second;
  }

  private static long version(Map<String, String> header) {
    return Long.parseLong(header.getOrDefault("version", "0"), HEX);
  }

  /** Returns a block's header, or null if its checksum is wrong. */
  private static @Nullable Map<String, String> header(byte[] block) {
    String text = firstLine(block);
    int sum = text.indexOf(CHECKSUM);
    if (!text.startsWith("H:") || sum < 0) {
      return null;
    }
    byte[] summed = text.substring(0, sum).getBytes(StandardCharsets.ISO_8859_1);
    String fletcher = Integer.toHexString(DataUtils.getFletcher32(summed, 0, summed.length));
    return text.substring(sum + CHECKSUM.length()).equals(fletcher)
        ? DataUtils.parseMap(text.substring(0, sum))
        : null;
  }

  /** Returns the header of a chunk, its first line; or null if it is not valid. */
  private static @Nullable Map<String, String> chunk(byte[] bytes) {
    try {
      return DataUtils.parseMap(firstLine(bytes));
    } catch (MVStoreException e) {
      return null; // it is not where it should be
    }
  }

  /** Returns the text before the first line end without blanks, or empty without a line end. */
  private static String firstLine(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.substring(0, Math.max(0, text.indexOf('\n'))).strip();
  }

  private static byte[] read(FileChannel file, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        break;
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
