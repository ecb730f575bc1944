package dev.attune.launcher.loop;

import dev.attune.bytes.Sha256;
import dev.attune.config.AttuneConfig;
import dev.attune.config.EvaluationConfig.Judging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What decides about verdicts besides the keys of {@code evaluation}: the configuration of the
 * judges' models, and the content of rubric and gold file.
 */
final class JudgingKey {
  private JudgingKey() {}

  /** Adds it to a hash; nothing without judges. */
  static void addTo(MessageDigest sha256, AttuneConfig config) {
    Judging judging = config.evaluation().judging();
    if (judging.judges().isEmpty()) {
      return;
    }
    for (String judge : judging.judges().stream().sorted().toList()) {
      add(sha256, config.effective().path("models").path(judge).toString());
    }
    add(sha256, content(config, judging.rubric()));
    add(sha256, content(config, judging.gold()));
  }

  private static void add(MessageDigest sha256, String part) {
    sha256.update((byte) 0);
    sha256.update(part.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the hash of a file; empty if there is none, which the evaluation refuses. */
  private static String content(AttuneConfig config, @Nullable String file) {
    if (file == null) {
      return "";
    }
    try {
      return Sha256.hex(config.resolve(file).readAllBytes());
    } catch (IOException e) {
      return "";
    }
  }
}
