package dev.attune.filesystem;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Another user of the machine may decide what happens with a file or folder of Attune's. The
 * message is one sentence for people: what stands where, and what to do.
 */
public class UnsafePathException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  UnsafePathException(Path path, String sentence) {
    super(path.toString());
    this.sentence = sentence;
  }

  @Override
  public final String getMessage() {
    return sentence;
  }
}
