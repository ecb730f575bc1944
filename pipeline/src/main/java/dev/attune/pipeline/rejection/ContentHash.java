package dev.attune.pipeline.rejection;

import dev.attune.pipeline.example.Example;
import dev.attune.schema.Turn;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Computes the hash by which the owner of a rejected record can find its content again: the first
 * 16 bytes of HMAC-SHA256, keyed with the dataset's name, as 32 hex digits. Each field is preceded
 * by its length, so that different lists of fields have different bytes. Thread-safe.
 *
 * <p>Among n different contents two share a hash with a probability of about n²/2¹²⁹: 1.5e-25 for
 * ten million.
 */
public record ContentHash(String dataset) implements Serializable {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 16;

  /** The length of a missing field. */
  private static final int ABSENT = -1;

  private static final ThreadLocal<@Nullable KeyedMac> LAST_USED = new ThreadLocal<>();

  /** Returns the hash for a dataset. */
  public static ContentHash of(String datasetName) {
    return new ContentHash(datasetName);
  }

  /** Returns the hash of fields in this order. */
  public String hex(byte[]... fields) {
    Mac mac = mac();
    for (byte[] field : fields) {
      update(mac, field);
    }
    return hexOf(mac);
  }

  /**
   * Returns the hash of an example's system instruction and of each turn's role, text and media.
   */
  public String hexOf(Example example) {
    Mac mac = mac();
    String system = example.line().system();
    if (system == null) {
      updateInt(mac, ABSENT);
    } else {
      update(mac, utf8(system));
    }
    for (Turn turn : example.line().turns()) {
      update(mac, utf8(turn.role().name()));
      update(mac, utf8(turn.text()));
      updateInt(mac, turn.media().size());
      for (String uri : turn.media()) {
        update(mac, utf8(uri));
      }
    }
    return hexOf(mac);
  }

  private static String hexOf(Mac mac) {
    return HexFormat.of().formatHex(mac.doFinal(), 0, HASH_BYTES);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void update(Mac mac, byte[] field) {
    updateInt(mac, field.length);
    mac.update(field);
  }

  private static void updateInt(Mac mac, int value) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value));
  }

  private Mac mac() {
    KeyedMac last = LAST_USED.get();
    if (last != null && last.dataset().equals(dataset)) {
      return last.mac();
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(utf8(dataset), ALGORITHM));
      LAST_USED.set(new KeyedMac(dataset, mac));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Returns a Mac with the key. */
  private record KeyedMac(String dataset, Mac mac) {}
}
