package dev.attune.launcher.loop;

import dev.attune.bytes.Sha256;
import dev.attune.config.AttuneConfig;
import dev.attune.config.effect.Decides;
import dev.attune.launcher.promotion.Gate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The key of a run's decision in the ledger: a hash of the input of the dataset, of the keys of
 * attune.yaml that decide which model is tuned and promoted, of the judges with their files, and of
 * the version of the gate's rules. If one of them changes, the same input is decided on again.
 */
final class DecisionKey {
  private DecisionKey() {}

  /** Returns {@code sha256:} and 64 hex digits. */
  static String of(String inputFingerprint, AttuneConfig config) {
    MessageDigest sha256 = Sha256.newDigest();
    sha256.update(inputFingerprint.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    sha256.update(config.deciding(Decides.MODEL));
    sha256.update((byte) 0);
    sha256.update(Integer.toString(Gate.VERSION).getBytes(StandardCharsets.UTF_8));
    JudgingKey.addTo(sha256, config);
    return "sha256:" + Sha256.hex(sha256);
  }
}
