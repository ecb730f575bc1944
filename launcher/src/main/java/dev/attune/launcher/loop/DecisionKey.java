package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.config.effect.Decides;
import dev.attune.launcher.promotion.Gate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Under what the ledger keeps that the gate was held for the model of an input: the input of its
 * dataset, the keys of attune.yaml that decide which model is tuned from it and whether it is put
 * into use, and the version of the gate's rules. After a change of one of them the same input is
 * decided on anew.
 */
final class DecisionKey {
  private DecisionKey() {}

  /** {@code sha256:} and 64 hex digits. */
  static String of(String inputFingerprint, AttuneConfig config) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(inputFingerprint.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      sha256.update(config.deciding(Decides.MODEL));
      sha256.update((byte) 0);
      sha256.update(Integer.toString(Gate.VERSION).getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
