package dev.attune.models.recording;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.WholeLines;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSONL file on this machine that keeps answers; only its owner may read it. A line replaces
 * earlier ones with its key. All answers of the file are in memory.
 */
public final class ReplyFile implements KeptReplies, AutoCloseable {
  private final FileChannel file;
  private final String name;
  private final Map<RequestKey, ModelReply> replies = new HashMap<>();

  private ReplyFile(FileChannel file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Opens a file, or creates it. Removes an incomplete last line of a killed process.
   *
   * @throws IOException with a sentence, if a line is no recorded answer
   */
  public static ReplyFile open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      FileMode.PRIVATE.createFolders(folder);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      FileMode.PRIVATE.create(path).close();
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    ReplyFile file = new ReplyFile(channel, path.toString());
    try {
      FileLock lock = channel.lock();
      file.load();
      file.truncateIncomplete();
      lock.release();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return file;
  }

  private void load() throws IOException {
    RecordedLines.read(
        new UnclosedStream(Channels.newInputStream(file)),
        name,
        line -> replies.put(line.key(), line.reply()));
  }

  private void truncateIncomplete() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    long end = file.size();
    while (end > 0) {
      one.clear();
      file.read(one, end - 1);
      if (one.get(0) == '\n') {
        break;
      }
      end--;
    }
    file.truncate(end);
  }

  @Override
  public synchronized Optional<ModelReply> find(RequestKey key, ModelIdentity model) {
    return Optional.ofNullable(replies.get(key));
  }

  @Override
  public synchronized ModelReply keep(
      RequestKey key, ModelIdentity model, ModelReply reply, boolean replace) {
    ModelReply known = replies.get(key);
    if (known != null && !replace) {
      return known;
    }
    try {
      append(new RecordedLine(key.request(), key.ordinal(), model, reply).bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    replies.put(key, reply);
    return reply;
  }

  /** Appends while no other process appends. */
  private void append(byte[] bytes) throws IOException {
    FileLock lock = file.lock();
    try {
      WholeLines.append(file, name, bytes);
    } finally {
      lock.release();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
