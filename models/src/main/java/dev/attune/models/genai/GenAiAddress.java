package dev.attune.models.genai;

import dev.attune.config.textmodel.ModelConfig;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Gemini model is asked.
 *
 * @param project null for the Gemini API
 * @param location null for the Gemini API
 * @param url base URL without a slash at the end
 */
record GenAiAddress(@Nullable String project, @Nullable String location, String url) {
  private static final String GEMINI_API = "https://generativelanguage.googleapis.com";
  private static final Set<String> MULTI_REGIONS = Set.of("us", "eu");

  /** A tuned model or another resource, which lies in a place of its own. */
  private static final Pattern RESOURCE = Pattern.compile("projects/([^/]+)/locations/([^/]+)/.+");

  static GenAiAddress of(ModelConfig config) {
    ModelConfig.Access access = config.access();
    String given = access.baseUrl() == null ? null : access.baseUrl().replaceFirst("/+$", "");
    if (access.apiKeyEnv() != null) {
      return new GenAiAddress(null, null, given == null ? GEMINI_API : given);
    }
    Matcher resource = RESOURCE.matcher(Objects.requireNonNull(config.model()));
    String project = resource.matches() ? resource.group(1) : access.project();
    String location = resource.matches() ? resource.group(2) : access.location();
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(location, "location");
    return new GenAiAddress(project, location, given == null ? vertex(location) : given);
  }

  private static String vertex(String location) {
    if (location.equals("global")) {
      return "https://aiplatform.googleapis.com";
    }
    return MULTI_REGIONS.contains(location)
        ? "https://aiplatform." + location + ".rep.googleapis.com"
        : "https://" + location + "-aiplatform.googleapis.com";
  }

  /** Returns the host, with the port if the URL has one. */
  String host() {
    return URI.create(url).getRawAuthority();
  }

  /** Returns whether no credentials are sent: an emulator on this machine is asked. */
  boolean isEmulated() {
    return url.startsWith("http:");
  }

  /** Returns the address in the identity of the model. */
  String identity() {
    return project == null ? host() : host() + "/projects/" + project + "/locations/" + location;
  }
}
