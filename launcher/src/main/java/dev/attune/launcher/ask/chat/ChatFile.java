package dev.attune.launcher.ask.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.WholeLines;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The file of a chat: a line of JSON for each entry. A line is on disk when {@link #append}
 * returns. The file is private to the user and locked while it is open.
 */
final class ChatFile implements AutoCloseable {
  private static final String ENDING = ".jsonl";
  private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9a-f]{4}");
  private static final Pattern PREFIX = Pattern.compile("[0-9a-f-]+");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final int MOST_NAMED = 5;

  private final Path file;
  private final String id;
  private final FileChannel channel;
  private final List<ChatEntry> entries;

  private ChatFile(Path file, String id, FileChannel channel, List<ChatEntry> entries) {
    this.file = file;
    this.id = id;
    this.channel = channel;
    this.entries = entries;
  }

  /** Creates the file of a new chat; its id begins with the time. */
  static ChatFile create(Path folder, Instant now, ChatEntry.Begun first)
      throws CommandFailure, IOException {
    FileMode.PRIVATE.createFolders(folder);
    SecureRandom random = new SecureRandom();
    while (true) {
      String id = TIME.format(now) + "-" + "%04x".formatted(random.nextInt(1 << 16));
      try {
        FileMode.PRIVATE.create(folder.resolve(id + ENDING)).close();
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
      ChatFile file = open(folder, id, true);
      try {
        file.append(first);
      } catch (IOException e) {
        file.close();
        Files.deleteIfExists(file.file);
        throw e;
      }
      return file;
    }
  }

  /**
   * Opens the file of an earlier chat.
   *
   * @param typed its id, or a beginning that no other id has
   * @throws CommandFailure if there is no such chat, it is open elsewhere, or its file is damaged
   */
  static ChatFile resume(Path folder, String typed) throws CommandFailure, IOException {
    List<String> ids = ids(folder);
    List<String> meant = ids.stream().filter(id -> id.equals(typed)).toList();
    if (meant.isEmpty() && PREFIX.matcher(typed).matches()) {
      meant = ids.stream().filter(id -> id.startsWith(typed)).toList();
    }
    if (meant.size() == 1) {
      return open(folder, meant.get(0), false);
    }
    String name = Printable.shortened(typed);
    String some =
        String.join(", ", (meant.isEmpty() ? ids : meant).stream().limit(MOST_NAMED).toList());
    if (meant.size() > 1) {
      throw refused(Messages.of("launcher.chat.several", name, some));
    }
    throw refused(
        ids.isEmpty()
            ? Messages.of("launcher.chat.none-yet", name)
            : Messages.of("launcher.chat.unknown", name, some));
  }

  /** Returns the ids of all chats, the latest first. */
  private static List<String> ids(Path folder) throws IOException {
    List<String> ids = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          String id = name.substring(0, name.length() - ENDING.length());
          if (ID.matcher(id).matches()) {
            ids.add(id);
          }
        }
      }
    }
    ids.sort(Comparator.reverseOrder());
    return ids;
  }

  private static ChatFile open(Path folder, String id, boolean isNew)
      throws CommandFailure, IOException {
    Path path = folder.resolve(id + ENDING);
    FileChannel channel = FileMode.PRIVATE.open(path, StandardOpenOption.READ);
    try {
      if (channel.tryLock() == null) {
        throw refused(Messages.of("launcher.chat.in-use", id));
      }
      return new ChatFile(path, id, channel, isNew ? new ArrayList<>() : entries(channel, id));
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw refused(Messages.of("launcher.chat.in-use", id));
    } catch (CommandFailure | IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads the entries and cuts off a last line that is incomplete because of a crash. */
  private static List<ChatEntry> entries(FileChannel channel, String id)
      throws CommandFailure, IOException {
    String text =
        new String(
            Channels.newInputStream(channel.position(0)).readAllBytes(), StandardCharsets.UTF_8);
    String complete = text.substring(0, text.lastIndexOf('\n') + 1);
    List<ChatEntry> entries = new ArrayList<>();
    for (String line : complete.lines().toList()) {
      JsonNode json = json(line);
      if (entries.isEmpty() && json.has("chat") && !ChatEntry.isReadable(json)) {
        String version = Printable.shortened(json.path("chat").toString());
        throw refused(Messages.of("launcher.chat.version", id, version));
      }
      ChatEntry entry = ChatEntry.of(json);
      if (entry == null || (entries.isEmpty() != entry instanceof ChatEntry.Begun)) {
        throw refused(Messages.of("launcher.chat.damaged", id, entries.size() + 1));
      }
      entries.add(entry);
    }
    if (entries.isEmpty()) {
      throw refused(Messages.of("launcher.chat.empty-file", id));
    }
    channel.truncate(complete.getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    return entries;
  }

  private static JsonNode json(String line) throws IOException {
    try {
      return CanonicalJson.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  String id() {
    return id;
  }

  /** Returns all entries, in their order. */
  List<ChatEntry> entries() {
    return List.copyOf(entries);
  }

  /** Adds an entry. */
  void append(ChatEntry entry) throws IOException {
    byte[] line = (entry.json().toString() + "\n").getBytes(StandardCharsets.UTF_8);
    WholeLines.append(channel, file.toString(), line);
    entries.add(entry);
  }

  private static CommandFailure refused(String sentence) {
    return new CommandFailure(FailureCode.FILE, sentence);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
