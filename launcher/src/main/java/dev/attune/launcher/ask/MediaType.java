package dev.attune.launcher.ask;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Recognises images, PDF, audio and video by their first bytes, whatever the name of the file is.
 */
final class MediaType {
  private static final int BRAND = 8;

  private MediaType() {}

  /** Returns the MIME type, or empty for a text or an unknown format. */
  static Optional<String> of(byte[] bytes) {
    for (Signature signature : Signature.values()) {
      if (signature.matches(bytes)) {
        return Optional.of(signature.mime);
      }
    }
    return Optional.empty();
  }

  /** Formats that models read; the first that matches counts. */
  private enum Signature {
    PNG("image/png", 0, "\u0089PNG\r\n"),
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    GIF("image/gif", 0, "GIF8"),
    WEBP("image/webp", BRAND, "WEBP"),
    WAV("audio/wav", BRAND, "WAVE"),
    PDF("application/pdf", 0, "%PDF-"),
    MP3_WITH_TAG("audio/mp3", 0, "ID3"),
    MP3("audio/mp3", 0, "\u00ff\u00fb"),
    AAC("audio/aac", 0, "\u00ff\u00f1"),
    OGG("audio/ogg", 0, "OggS"),
    FLAC("audio/flac", 0, "fLaC"),
    AIFF("audio/aiff", BRAND, "AIFF"),
    HEIC("image/heic", BRAND - 4, "ftypheic"),
    HEIF("image/heif", BRAND - 4, "ftypmif1"),
    M4A("audio/m4a", BRAND - 4, "ftypM4A"),
    MP4("video/mp4", BRAND - 4, "ftyp");

    private final String mime;
    private final int from;
    private final String magic;

    Signature(String mime, int from, String magic) {
      this.mime = mime;
      this.from = from;
      this.magic = magic;
    }

    private boolean matches(byte[] bytes) {
      return bytes.length >= from + magic.length()
          && new String(bytes, from, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
    }
  }
}
