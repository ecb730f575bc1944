package dev.attune.launcher.ask;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.models.ModelTurn;
import dev.attune.place.Place;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads the files of {@code --file}: a text with its name, or media by their format. */
public final class AttachedFile {
  /** 4 MiB, about a million tokens of text, which is more than most models take. */
  static final int MOST_TEXT = 4 << 20;

  /** 14 MiB are 19 MiB in Base64; Gemini takes requests of 20 MB. */
  static final int MOST_MEDIA = 14 << 20;

  private AttachedFile() {}

  /**
   * Returns the part of a request for a file.
   *
   * @param typed a path, or {@code gs://bucket/name}
   * @throws CommandFailure if the file does not exist, is empty or too large, or is neither text in
   *     UTF-8 nor a known kind of media
   */
  public static ModelTurn.Part read(String typed, Shell shell) throws CommandFailure, IOException {
    Place place = shell.place(typed);
    String name = Printable.shortened(typed, 200);
    if (place.isFolder()) {
      throw refused(Messages.of("launcher.ask.file-folder", name));
    }
    if (!place.isFile()) {
      throw refused(Messages.of("launcher.ask.file-missing", name));
    }
    byte[] bytes;
    try (InputStream in = place.open()) {
      bytes = in.readNBytes(MOST_MEDIA + 1);
    }
    if (bytes.length == 0) {
      throw refused(Messages.of("launcher.ask.file-empty", name));
    }
    Optional<String> mime = MediaType.of(bytes);
    if (bytes.length > MOST_MEDIA) {
      throw refused(Messages.of("launcher.ask.file-large", name, mebibytes(mime)));
    }
    return mime.isPresent()
        ? new ModelTurn.Media(
            mime.orElseThrow(), Base64.getEncoder().encodeToString(bytes), null)
        : new ModelTurn.Text(
            "File " + place.name() + ":\n" + text(bytes, name) + "\nEnd of " + place.name());
  }

  /**
   * Returns bytes as text.
   *
   * @param source the name of a file, or of the standard input
   * @throws CommandFailure if it is too large, in another encoding or no text
   */
  static String text(byte[] bytes, String source) throws CommandFailure {
    if (bytes.length > MOST_TEXT) {
      throw refused(
          Messages.of("launcher.ask.file-large", source, mebibytes(Optional.empty())));
    }
    if (bytes.length > 1
        && ((bytes[0] == -1 && bytes[1] == -2) || (bytes[0] == -2 && bytes[1] == -1))) {
      throw refused(Messages.of("launcher.ask.file-utf16", source));
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(FailureCode.FILE, Messages.of("launcher.ask.file-binary", source), e);
    }
    if (text.indexOf('\0') >= 0) {
      throw refused(Messages.of("launcher.ask.file-binary", source));
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static int mebibytes(Optional<String> mime) {
    return (mime.isPresent() ? MOST_MEDIA : MOST_TEXT) >> 20;
  }

  private static CommandFailure refused(String sentence) {
    return new CommandFailure(FailureCode.FILE, sentence);
  }
}
