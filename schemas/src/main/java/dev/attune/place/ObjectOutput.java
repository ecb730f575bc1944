package dev.attune.place;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes a new object; its failures are sentences. */
final class ObjectOutput extends OutputStream {
  /** Decides about a call that has failed. */
  @FunctionalInterface
  interface AfterFailure {
    /** Returns if the object is written all the same; otherwise throws the failure. */
    void settle(StorageException failed) throws PlaceException;
  }

  private final WriteChannel channel;
  private final AfterFailure afterFailure;

  ObjectOutput(WriteChannel channel, AfterFailure afterFailure) {
    this.channel = channel;
    this.afterFailure = afterFailure;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] block, int offset, int length) throws IOException {
    try {
      channel.write(ByteBuffer.wrap(block, offset, length));
    } catch (StorageException e) {
      afterFailure.settle(e);
    } catch (IOException e) {
      settle(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } catch (StorageException e) {
      afterFailure.settle(e);
    } catch (IOException e) {
      settle(e);
    }
  }

  private void settle(IOException e) throws IOException {
    if (e.getCause() instanceof StorageException failed) {
      afterFailure.settle(failed);
    } else {
      throw e;
    }
  }
}
