package dev.attune.runner.shuffle;

import dev.attune.runner.spill.SpillFile;
import dev.attune.runner.stream.ByteSink;
import java.io.IOException;

/**
 * Sorted records of one partition in a file: blocks of whole records. A record is the hash, the
 * length of its key, the length of its payload, the key and the payload.
 *
 * @param file the file
 * @param start where the first block begins
 * @param end where the last block ends
 */
record SpilledRun(SpillFile file, long start, long end) {
  private static final int BLOCK = 1 << 16;

  /** Writes everything that the cursor has. */
  static SpilledRun write(SpillFile file, RunCursor cursor) throws IOException {
    long start = file.end();
    ByteSink block = new ByteSink(BLOCK + (BLOCK >> 2));
    while (cursor.advance()) {
      block.writeInt(cursor.hash);
      block.writeVarInt(cursor.keyLength);
      block.writeVarInt(cursor.payloadLength);
      block.write(cursor.array, cursor.keyOffset, cursor.keyLength + cursor.payloadLength);
      if (block.size() >= BLOCK) {
        file.append(block.array(), block.size());
        block.clear();
      }
    }
    if (block.size() > 0) {
      file.append(block.array(), block.size());
    }
    return new SpilledRun(file, start, file.end());
  }
}
