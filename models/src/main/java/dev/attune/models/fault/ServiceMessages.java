package dev.attune.models.fault;

import dev.attune.models.ModelRequest;
import dev.attune.schema.Printable;
import org.jspecify.annotations.Nullable;

/** What a provider says about a refused request, without the texts of the request. */
public final class ServiceMessages {
  private static final int LENGTH = 200;
  private static final int QUOTE = 12;
  private static final int KEY_PART = 8;

  private ServiceMessages() {}

  /**
   * Returns a message of a provider, or an empty text if it repeats a part of the key.
   *
   * @param key the API key, or null without one
   */
  public static String withoutKey(String message, @Nullable String key) {
    if (key == null) {
      return message;
    }
    int part = Math.min(KEY_PART, key.length());
    for (int start = 0; start + part <= key.length(); start++) {
      if (message.contains(key.substring(start, start + part))) {
        return "";
      }
    }
    return message;
  }

  /**
   * Returns at most 200 characters of a provider's message, or an empty text if the message quotes
   * the request: if it shares 12 characters in a row with one of its texts.
   */
  public static String withoutQuotations(String message, ModelRequest request) {
    String shown = Printable.shortened(message.strip().replaceAll("\\s+", " "), LENGTH);
    for (String text : RequestTexts.of(request)) {
      String flat = text.replaceAll("\\s+", " ");
      if (!flat.isBlank() && flat.length() < QUOTE && shown.contains(flat.strip())) {
        return "";
      }
      for (int start = 0; start + QUOTE <= shown.length(); start++) {
        if (flat.contains(shown.substring(start, start + QUOTE))) {
          return "";
        }
      }
    }
    return shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown;
  }
}
