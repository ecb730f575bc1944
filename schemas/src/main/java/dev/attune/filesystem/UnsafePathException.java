package dev.attune.filesystem;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Thrown when another user of the machine could replace a file or folder of Attune. The message is
 * one sentence for the user: the path, the problem and the correction.
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
