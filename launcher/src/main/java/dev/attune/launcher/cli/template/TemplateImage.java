package dev.attune.launcher.cli.template;

import dev.attune.config.AttuneConfig;
import dev.attune.config.DataflowConfig.JobPlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The container image of the template. */
final class TemplateImage {
  /** A registry, a path, and perhaps a tag or digest. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+(:[\\w.-]+)?(@sha256:[0-9a-f]{64})?");

  /** Its first line is the last part of the name that the build gives the image. */
  private static final String BUILT = "image.txt";

  private TemplateImage() {}

  static boolean isName(String typed) {
    return NAME.matcher(typed).matches();
  }

  /**
   * Returns the name that the image has when it was pushed to the repository {@code attune} of the
   * project and region of the job, as deploy/ creates it; empty if these are not configured, also
   * not for tuning.
   */
  static Optional<String> configured(AttuneConfig config) {
    JobPlace place = config.dataflow().place();
    String project = place.project();
    String region = place.region();
    return project == null || region == null || region.equals("global")
        ? Optional.empty()
        : Optional.of("%s-docker.pkg.dev/%s/attune/%s".formatted(region, project, built()));
  }

  private static String built() {
    try (InputStream file = TemplateImage.class.getResourceAsStream(BUILT)) {
      return new String(Objects.requireNonNull(file, BUILT).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
