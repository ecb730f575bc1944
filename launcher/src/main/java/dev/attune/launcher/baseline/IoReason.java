package dev.attune.launcher.baseline;

import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Returns the reason of a fault of files, for the parentheses of a sentence. */
final class IoReason {
  private IoReason() {}

  static String of(IOException fault) {
    if (fault instanceof NoSuchFileException gone) {
      return Messages.of("launcher.local.io-missing", gone.getFile());
    }
    if (fault instanceof AccessDeniedException denied) {
      return Messages.of("launcher.local.io-denied", denied.getFile());
    }
    if (fault instanceof FileSystemException file && file.getReason() == null) {
      return file.getClass().getSimpleName() + " at " + file.getFile();
    }
    String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message;
  }
}
