package dev.attune.launcher.ledger;

import dev.attune.filesystem.FileMode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.account.LedgerUsers;
import dev.attune.launcher.ledger.account.PasswordFile;
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
 * The file of an H2 ledger, looked at before H2 opens it. H2 makes a new database of an empty file,
 * and of one that was cut short it opens an older state, an empty one too; a ledger that forgets
 * lets a job be paid for twice.
 *
 * <p>What H2 keeps at the beginning of the file, twice in blocks of 4,096 bytes: the place of the
 * newest chunk of data, and {@code clean:1} after an orderly end. Of a file without that mark (its
 * last process was killed) nothing is said here: H2 goes back to the last whole chunk then, as it
 * must after a write that was broken off.
 *
 * @param path of the {@code .mv.db} file
 * @param folder {@code NAME.files} beside it
 */
record LedgerFile(Path path, Path folder) {
  /** What H2 adds to the name of its file, of the lock while it is open, and of its trace. */
  private static final String END = ".mv.db";

  private static final String LOCK_END = ".lock.db";
  private static final String TRACE_END = ".trace.db";

  private static final int BLOCK = 4096;

  /** H2 writes a chunk's header in fewer bytes than this. */
  private static final int LONGEST_CHUNK_HEADER = 1024;

  private static final int HEX = 16;
  private static final String CHECKSUM = ",fletcher:";

  /** Another process may be at work on the file: it is looked at again before it is refused. */
  private static final int LOOKS = 3;

  private static final long MILLIS_BETWEEN_LOOKS = 100;

  /** The file with the password, {@code NAME.password}. */
  PasswordFile password() {
    return new PasswordFile(beside(".password"));
  }

  /** A file of the ledger's name with another end. */
  private Path beside(String end) {
    String name = path.getFileName().toString();
    return path.resolveSibling(name.substring(0, name.length() - END.length()) + end);
  }

  /**
   * Refuses a ledger that another user of the machine uses, or has put a link in the place of;
   * opens nothing.
   *
   * @throws CommandFailure if it is another user's, or this user may not read and write it
   */
  void requireOwn() throws CommandFailure {
    LedgerUsers.requireOwn(
        path,
        Stream.concat(
                Stream.of(password().path()),
                Stream.of(LOCK_END, TRACE_END, END + ".tempFile", END + ".newFile")
                    .map(this::beside))
            .toList());
  }

  /** Keeps other users from what H2 and older versions of Attune created with more rights. */
  void protect() {
    for (String end : List.of(END, LOCK_END, TRACE_END, ".password")) {
      FileMode.PRIVATE.setOnFile(beside(end));
    }
    FileMode.PRIVATE.setOnFolder(folder);
  }

  /** The refusal of a ledger that the password in its file does not open. */
  CommandFailure wrongPassword(Throwable cause) {
    Path file = password().path();
    return new CommandFailure(
        FailureCode.LEDGER,
        List.of(),
        "The ledger "
            + path
            + (Files.exists(file) ? " has another password than " : " has a password, and ")
            + file
            + (Files.exists(file) ? " says" : " is not there")
            + ": restore that file from the copy that the ledger is from.",
        cause);
  }

  /** Of H2's data in the file, which an undamaged file has at least; 0 where it says none. */
  long version() {
    return Files.exists(path) ? seen().version() : 0;
  }

  /**
   * What the file was like before H2 opened it.
   *
   * @param warning what somebody should know before a new ledger is made, a sentence; or null
   * @param wasThere whether there was a file, with something in it
   * @param version of H2's data, which an undamaged file has at least
   */
  record Seen(@Nullable String warning, boolean wasThere, long version) {}

  /** What is wrong with a file. */
  private enum Fault {
    NONE,
    EMPTY,
    DAMAGED
  }

  /**
   * Looks at the file; changes nothing.
   *
   * @throws CommandFailure if the file is empty though it was in use, is cut short, or is no ledger
   */
  Seen look() throws CommandFailure {
    if (!Files.exists(path)) {
      String warning =
          hasJobs()
              ? "There is no ledger "
                  + path
                  + " any more, and "
                  + folder
                  + " has jobs of it: a new ledger begins, which does not know what was tuned,"
                  + " promoted and paid for before. To have that back, end this and restore the"
                  + " ledger from a copy."
              : null;
      return new Seen(warning, false, 0);
    }
    Fault fault = fault();
    for (int look = 1; look < LOOKS && fault != Fault.NONE; look++) {
      pause();
      fault = fault();
    }
    switch (fault) {
      case EMPTY ->
          throw refusal(
              "The ledger "
                  + path
                  + " is empty (0 bytes), and "
                  + folder
                  + " shows that it was in use: restore it from a copy, or move that folder away to"
                  + " begin anew.");
      case DAMAGED -> throw damaged(null);
      case NONE -> refuseProgram();
    }
    return seen();
  }

  /** H2 runs code that stands in a file when it opens it; a ledger holds none. */
  private void refuseProgram() throws CommandFailure {
    Optional<String> program;
    try {
      program = H2FileContents.program(path);
    } catch (H2FileContents.InUseException e) {
      return; // by a process of this user, who owns the file: it is reached through that one
    } catch (IOException e) {
      throw damaged(e);
    }
    if (program.isPresent()) {
      throw refusal(
          "The ledger "
              + path
              + " holds "
              + program.orElseThrow()
              + ", which would run in this process: it is no ledger of Attune; name another in"
              + " ledger.jdbcUrl.");
    }
  }

  private Seen seen() {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      Map<String, String> header = newestHeader(file);
      return new Seen(null, file.size() > 0, header == null ? 0 : version(header));
    } catch (IOException | NumberFormatException e) {
      return new Seen(null, true, 0);
    }
  }

  /** What somebody should know of a ledger that knows no job where jobs stand beside it. */
  String forgottenJobs() {
    return "The ledger "
        + path
        + " knows no job, and "
        + folder
        + " has jobs of an earlier one: what was tuned, promoted and paid for before is not known."
        + " To have that back, restore the ledger from a copy.";
  }

  /**
   * The refusal of a file that H2 cannot use.
   *
   * @param cause why, or null
   */
  CommandFailure damaged(@Nullable Throwable cause) {
    return new CommandFailure(
        FailureCode.LEDGER,
        List.of(),
        "The ledger "
            + path
            + " is damaged, cut short or no ledger of Attune: restore it from a copy, or move it"
            + " and "
            + folder
            + " away to begin anew.",
        cause);
  }

  /** Whether jobs of this machine stand in the folder beside the ledger. */
  boolean hasJobs() {
    try (Stream<Path> jobs = Files.list(folder.resolve("jobs"))) {
      return jobs.anyMatch(Files::isDirectory);
    } catch (IOException e) {
      return false; // there is no such folder
    }
  }

  /** Removes the file where H2 could not write the first byte of it. */
  void removeIfEmpty() {
    try {
      if (Files.size(path) == 0) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // It stays and is named by the next command.
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
      return Fault.NONE; // H2 says why it cannot be read.
    }
  }

  /** Whether the newest chunk is not whole, or chunks behind it are missing. */
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

  /** A block's header, or null where its checksum does not fit. */
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

  /** What a chunk says of itself in its first line. */
  private static @Nullable Map<String, String> chunk(byte[] bytes) {
    try {
      return DataUtils.parseMap(firstLine(bytes));
    } catch (MVStoreException e) {
      return null; // it is not where it should be
    }
  }

  /** Up to the first line end, without blanks; empty where there is no line end. */
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

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.LEDGER, sentence);
  }
}
