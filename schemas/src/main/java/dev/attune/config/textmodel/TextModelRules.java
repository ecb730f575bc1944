package dev.attune.config.textmodel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.message.Messages;
import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import dev.attune.schema.SchemaFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what the JSON Schema cannot express about the section {@code models}. */
public final class TextModelRules {
  private static final String PROVIDER = "provider";
  private static final String CHAMPION = "champion";
  private static final Set<String> ANSWERS =
      Set.of(PROVIDER, "family", "temperature", "maxOutputTokens", "seed", "thinking");
  private static final Set<String> LIMITS =
      Set.of("requestsPerMinute", "tokensPerMinute", "parallelism", "deadline");

  /** The keys of each provider. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "gemini",
          union(
              ANSWERS,
              LIMITS,
              Set.of("model", "baseUrl", "apiKeyEnv", "project", "location", "price", "recordTo")),
          "openai",
          union(ANSWERS, LIMITS, Set.of("model", "baseUrl", "apiKeyEnv", "price", "recordTo")),
          CHAMPION,
          union(ANSWERS, LIMITS, Set.of("fallback", "price")),
          "recorded",
          union(ANSWERS, Set.of("parallelism"), Set.of("model", "files")));

  private static final Map<String, List<String>> NEEDED =
      Map.of(
          "gemini",
          List.of("model"),
          "openai",
          List.of("model", "baseUrl"),
          CHAMPION,
          List.of("fallback"),
          "recorded",
          List.of("files"));

  private final JsonNode models;
  private final List<Fault> faults = new ArrayList<>();

  private TextModelRules(JsonNode models) {
    this.models = models;
  }

  /**
   * A fault.
   *
   * @param pointer of the key below {@code models}, e.g. {@code /writer/baseUrl}
   */
  public record Fault(String pointer, String sentence) {}

  /** Returns the faults of the section {@code models}, which may be missing. */
  public static List<Fault> faults(JsonNode models) {
    TextModelRules rules = new TextModelRules(models);
    models.properties().forEach(entry -> rules.check(entry.getKey(), entry.getValue()));
    return rules.faults;
  }

  /** Returns the pointers of the texts in the section that are places or patterns of places. */
  public static List<String> places(JsonNode models) {
    List<String> places = new ArrayList<>();
    models
        .properties()
        .forEach(
            entry -> {
              String model = "/" + SchemaFile.escape(entry.getKey());
              places.add(model + "/recordTo");
              places.add(model + "/files");
              for (int i = 0; i < entry.getValue().path("files").size(); i++) {
                places.add(model + "/files/" + i);
              }
            });
    return places;
  }

  private void check(String name, JsonNode model) {
    String provider = model.path(PROVIDER).asText();
    Set<String> known = KEYS.get(provider);
    if (known == null) {
      return; // The schema's fault.
    }
    String at = "/" + SchemaFile.escape(name);
    if (name.equals("base") || (name.equals(CHAMPION) && !provider.equals(CHAMPION))) {
      fault(at, Messages.of("schemas.text-model.reserved", name));
    }
    for (String key : NEEDED.getOrDefault(provider, List.of())) {
      if (!model.has(key)) {
        fault(at, Messages.of("schemas.text-model.needed", key, provider));
      }
    }
    for (String key : (Iterable<String>) model::fieldNames) {
      boolean another = KEYS.values().stream().anyMatch(keys -> keys.contains(key));
      if (another && !known.contains(key)) {
        fault(at + "/" + key, Messages.of("schemas.text-model.other-provider", key, provider));
      }
    }
    if (provider.equals("gemini")) {
      gemini(at, model);
    }
    if (provider.equals(CHAMPION) && model.path("fallback").isTextual()) {
      fallback(at + "/fallback", model.path("fallback").textValue());
    }
    if (model.path("recordTo").asText().startsWith("gs://")) {
      fault(at + "/recordTo", Messages.of("schemas.text-model.record-to-bucket"));
    }
    if (model.path("baseUrl").isTextual()) {
      url(at + "/baseUrl", model.path("baseUrl").textValue());
    }
  }

  /** Vertex AI by project and location, or the Gemini API by key. */
  private void gemini(String at, JsonNode model) {
    boolean key = model.has("apiKeyEnv");
    boolean project = model.has("project");
    boolean location = model.has("location");
    if (key && (project || location)) {
      fault(at + "/apiKeyEnv", Messages.of("schemas.text-model.two-accesses"));
    } else if (!key && !project && !location) {
      fault(at, Messages.of("schemas.text-model.no-access"));
    } else if (!key && !(project && location)) {
      String missing = project ? "location" : "project";
      fault(at, Messages.of("schemas.text-model.half-access", missing));
    }
  }

  private void fallback(String at, String fallback) {
    JsonNode other = models.path(fallback);
    String shown = Printable.shortened(fallback);
    if (other.isMissingNode()) {
      List<String> names = new ArrayList<>();
      models.fieldNames().forEachRemaining(names::add);
      fault(
          at,
          NearestName.of(fallback, names)
              .map(near -> Messages.of("schemas.text-model.misspelt-fallback", shown, near))
              .orElseGet(() -> Messages.of("schemas.text-model.no-fallback", shown)));
    } else if (other.path(PROVIDER).asText().equals(CHAMPION)) {
      fault(at, Messages.of("schemas.text-model.champion-fallback", shown));
    }
  }

  private void url(String at, String url) {
    URI uri = LoopbackUrl.parsed(url);
    if (uri == null || uri.getHost() == null) {
      fault(at, Messages.of("schemas.text-model.url"));
    } else if (uri.getUserInfo() != null) {
      fault(at, Messages.of("schemas.text-model.password-in-url"));
    } else if ("http".equals(uri.getScheme()) && !LoopbackUrl.isLoopback(url)) {
      fault(at, Messages.of("schemas.text-model.http"));
    }
  }

  private void fault(String pointer, String sentence) {
    faults.add(new Fault(pointer, sentence));
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> all = new HashSet<>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return Set.copyOf(all);
  }
}
