package dev.attune.pipeline.rejection;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hash by which a rejected record can be recognised without its text: the first 16 bytes of
 * HMAC-SHA256 over the fields, each after its length in four bytes; the key is the dataset's name.
 */
public final class ContentHash implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEPT_BYTES = 16;

  private final String dataset;

  private ContentHash(String dataset) {
    this.dataset = dataset;
  }

  /** Keyed with the dataset's name. */
  public static ContentHash of(String dataset) {
    return new ContentHash(dataset);
  }

  /** 32 hex digits. */
  public String hex(byte[]... fields) {
    Mac mac = keyed();
    for (byte[] field : fields) {
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, field.length));
      mac.update(field);
    }
    return HexFormat.of().formatHex(mac.doFinal(), 0, KEPT_BYTES);
  }

  private Mac keyed() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(dataset.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JDK has " + ALGORITHM, e);
    }
  }
}
