package dev.attune.runner.shuffle;

import dev.attune.runner.stream.ByteSource;
import java.io.IOException;

/** Reads a spilled run. Copies share the block that is in memory. */
final class SpilledCursor extends RunCursor {
  private final SpilledRun run;
  private final ByteSource block = new ByteSource();
  private long nextBlock;

  SpilledCursor(SpilledRun run) {
    this.run = run;
    this.nextBlock = run.start();
  }

  @Override
  boolean advance() throws IOException {
    if (block.available() == 0) {
      if (nextBlock == run.end()) {
        return false;
      }
      byte[] bytes = run.file().read(nextBlock);
      nextBlock = run.file().next(nextBlock);
      block.set(bytes, 0, bytes.length);
    }
    hash = block.readInt();
    keyLength = block.readVarInt();
    payloadLength = block.readVarInt();
    array = block.array();
    keyOffset = block.position();
    block.skip((long) keyLength + payloadLength);
    return true;
  }

  @Override
  RunCursor copy() {
    SpilledCursor copy = new SpilledCursor(run);
    copy.nextBlock = nextBlock;
    copy.block.set(block.array(), block.position(), block.available());
    copyTo(copy);
    return copy;
  }
}
