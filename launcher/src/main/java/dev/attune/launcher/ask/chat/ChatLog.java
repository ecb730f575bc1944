package dev.attune.launcher.ask.chat;

import dev.attune.launcher.console.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat: its history, and its file, which is created with the first message. An entry is on disk
 * when {@link #add} returns.
 */
public final class ChatLog implements AutoCloseable {
  private final Path folder;
  private final InstantSource clock;
  private final ChatStart start;
  private final ChatHistory history;
  private @Nullable ChatFile file;

  private ChatLog(
      Path folder,
      InstantSource clock,
      ChatStart start,
      ChatHistory history,
      @Nullable ChatFile file) {
    this.folder = folder;
    this.clock = clock;
    this.start = start;
    this.history = history;
    this.file = file;
  }

  /** Begins a chat. */
  public static ChatLog begin(Path folder, InstantSource clock, ChatStart start) {
    return new ChatLog(folder, clock, start, new ChatHistory(List.of(begun(start))), null);
  }

  /**
   * Continues a chat with its system instruction and settings.
   *
   * @param id its id, or a beginning of it
   * @throws CommandFailure if there is no such chat, or it is open elsewhere
   */
  public static ChatLog resume(Path folder, InstantSource clock, String id, String model)
      throws CommandFailure, IOException {
    ChatFile file = ChatFile.resume(folder, id);
    ChatEntry.Begun begun = (ChatEntry.Begun) file.entries().get(0);
    ChatHistory history = new ChatHistory(file.entries());
    return new ChatLog(
        folder, clock, new ChatStart(model, begun.system(), begun.sampling()), history, file);
  }

  private static ChatEntry.Begun begun(ChatStart start) {
    return new ChatEntry.Begun(start.model(), start.system(), start.sampling());
  }

  void add(ChatEntry entry) throws CommandFailure, IOException {
    if (file != null) {
      file.append(entry);
    } else if (entry instanceof ChatEntry.Asked) {
      ChatStart now = new ChatStart(start.model(), history.system(), start.sampling());
      file = ChatFile.create(folder, clock.instant(), begun(now));
      file.append(entry);
    }
    history.apply(entry);
  }

  ChatHistory history() {
    return history;
  }

  /** Returns the model as typed. */
  String model() {
    return start.model();
  }

  /** Returns the id, or null before the first message. */
  @Nullable String id() {
    return file == null ? null : file.id();
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
