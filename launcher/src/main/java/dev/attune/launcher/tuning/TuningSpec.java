package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig.Hyperparameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What one tuning job is. Two orders with equal specs are the same job, and it is paid once.
 *
 * @param dataset the dataset's fingerprint, {@code sha256:} and 64 hex digits
 * @param backEnd {@code vertex} or {@code local}
 * @param baseModel what is tuned
 * @param location region of the job; {@code local} on this machine
 * @param hyperparameters all of them
 */
public record TuningSpec(
    String dataset,
    String backEnd,
    String baseModel,
    String location,
    Hyperparameters hyperparameters) {

  /** A label of the service takes 63 characters; 40 hex digits are 160 bits. */
  private static final int KEY_LENGTH = 40;

  /**
   * The key that the ledger and the service's labels carry: 40 lower-case hex digits of the SHA-256
   * of all parts.
   */
  public String key() {
    String parts =
        String.join(
            "\n",
            dataset,
            backEnd,
            baseModel,
            location,
            Integer.toString(hyperparameters.epochs()),
            Integer.toString(hyperparameters.adapterSize()),
            Double.toString(hyperparameters.learningRateMultiplier()));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, KEY_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
