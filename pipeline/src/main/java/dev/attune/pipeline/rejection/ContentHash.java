package dev.attune.pipeline.rejection;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hash by which a rejected record can be recognised without its text. It is keyed with the
 * dataset's name, so that equal texts in two datasets cannot be matched by their hashes.
 */
public final class ContentHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;

  private final String datasetName;

  private ContentHash(String datasetName) {
    this.datasetName = datasetName;
  }

  public static ContentHash of(String datasetName) {
    return new ContentHash(datasetName);
  }

  /**
   * The first 16 bytes of HMAC-SHA256 over the fields, each after its length in four bytes, as 32
   * hex digits.
   */
  public String hex(byte[]... fields) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(datasetName.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      for (byte[] field : fields) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        mac.update(field);
      }
      return HexFormat.of().formatHex(mac.doFinal(), 0, BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }
}
