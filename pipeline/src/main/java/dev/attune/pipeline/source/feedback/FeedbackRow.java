package dev.attune.pipeline.source.feedback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row, its mapped columns as text, null where the column is NULL or not mapped. Times are in
 * UTC, a JSON string is its own text.
 *
 * @param structured a bit for each of the fields, in the order of {@link #fields}: the column holds
 *     a JSON object or array, and the field is its JSON; 0 for none
 */
public record FeedbackRow(
    @Nullable String id,
    @Nullable String group,
    @Nullable String prompt,
    @Nullable String response,
    @Nullable String rating,
    @Nullable String comment,
    @Nullable String createdAt,
    int structured) {
  private static final int HASH_BYTES = 16;

  /** The mapped columns in the order that hashes of them have for ever. */
  List<@Nullable String> fields() {
    return Arrays.asList(id, group, prompt, response, rating, comment, createdAt);
  }

  /** How many characters all of them have. */
  long characters() {
    long characters = 0;
    for (String field : fields()) {
      characters += field == null ? 0 : field.length();
    }
    return characters;
  }

  /**
   * The {@code basis} of an improvement of this row: the first 32 hex digits of the SHA-256 over
   * id, group, prompt, response, rating, comment and createdAt in this order, as they are before
   * redaction, each as UTF-8 after its length in four bytes (big-endian), and the length -1 alone
   * for a field that is NULL or not mapped. Another mapping of columns is another basis. The id of
   * a row that has none of its own is the same hash.
   */
  public String basis() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String field : fields()) {
        byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        int length = field == null ? -1 : bytes.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
