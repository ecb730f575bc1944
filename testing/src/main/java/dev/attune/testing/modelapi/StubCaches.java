package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The context caches of Gemini: POST, GET and listing in pages, PATCH of the lifetime, DELETE. As
 * the service does, it refuses content with less than the least tokens, and a request with a cache
 * that has a system instruction or tools of its own, or whose cache has expired or is of another
 * model.
 */
public final class StubCaches {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PATH =
      Pattern.compile(
          "/v1(?:beta|beta1)?/((?:projects/[^/]+/locations/[^/]+/)?cachedContents)(/[^/]+)?");
  private static final int PAGE = 2;
  private static final int TOKENS_OF_A_FILE = 258;
  private static final String HOUR = "3600s";

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private InstantSource clock = InstantSource.system();
  private Runnable beforeCreation = () -> {};
  private int least = 4096;
  private int refusal;
  private int count;

  StubCaches() {}

  /** A cache. */
  private record Entry(ObjectNode shown, Instant expires) {}

  /** An answer to a call. */
  record Answer(int status, JsonNode body) {}

  /** Sets the least tokens of a cache; 4,096 at first. */
  public synchronized void leastTokens(int tokens) {
    least = tokens;
  }

  /** Sets the time by which caches expire. */
  public synchronized void clock(InstantSource now) {
    clock = now;
  }

  /** Answers all calls with this status from now on; 0 for none. */
  public synchronized void refuse(int status) {
    refusal = status;
  }

  /** Runs before each creation, outside of any lock. */
  public synchronized void beforeCreation(Runnable what) {
    beforeCreation = what;
  }

  /** Returns the calls so far, such as {@code POST /v1beta/cachedContents}. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Returns the caches that have not expired, as the service shows them. */
  public synchronized List<JsonNode> all() {
    return live().stream().map(entry -> (JsonNode) entry.shown()).toList();
  }

  private List<Entry> live() {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> !now.isBefore(entry.expires()));
    return List.copyOf(entries.values());
  }

  static boolean isPath(String path) {
    return PATH.matcher(path).matches();
  }

  Answer answer(String method, String path, @Nullable String page, JsonNode body) {
    Runnable before;
    synchronized (this) {
      calls.add(method + " " + path);
      before = beforeCreation;
    }
    if (method.equals("POST")) {
      before.run();
    }
    return locked(method, path, page, body);
  }

  private synchronized Answer locked(
      String method, String path, @Nullable String page, JsonNode body) {
    Matcher parts = PATH.matcher(path);
    if (refusal > 0 || !parts.matches()) {
      return error(refusal > 0 ? refusal : 404, "The stub answers " + refusal + ".");
    }
    String parent = parts.group(1);
    List<Entry> live = live();
    if (parts.group(2) == null) {
      return method.equals("POST") ? create(parent, body) : list(parent, page, live);
    }
    String name = parent + parts.group(2);
    Entry entry = entries.get(name);
    if (entry == null) {
      return error(404, "Cached content " + name + " is not found.");
    }
    return switch (method) {
      case "DELETE" -> {
        entries.remove(name);
        yield new Answer(200, JSON.objectNode());
      }
      case "PATCH" -> new Answer(200, put(entry.shown(), body.path("ttl").asText(HOUR)));
      default -> new Answer(200, entry.shown());
    };
  }

  private Answer create(String parent, JsonNode body) {
    int tokens = tokens(body.path("systemInstruction"));
    for (JsonNode content : body.path("contents")) {
      tokens += tokens(content);
    }
    if (tokens < least) {
      return error(
          400,
          "Cached content is too small. total_token_count="
              + tokens
              + ", min_total_token_count="
              + least);
    }
    count++;
    ObjectNode shown = JSON.objectNode();
    shown.put("name", parent + "/" + (4000 + count));
    shown.put("model", body.path("model").asText());
    shown.put("displayName", body.path("displayName").asText());
    shown.put("createTime", clock.instant().toString());
    shown.putObject("usageMetadata").put("totalTokenCount", tokens);
    return new Answer(200, put(shown, body.path("ttl").asText(HOUR)));
  }

  private ObjectNode put(ObjectNode shown, String ttl) {
    Instant now = clock.instant();
    Instant expires = now.plus(Duration.parse("PT" + ttl.toUpperCase(Locale.ROOT)));
    shown.put("updateTime", now.toString()).put("expireTime", expires.toString());
    entries.put(shown.path("name").asText(), new Entry(shown, expires));
    return shown;
  }

  private static int tokens(JsonNode content) {
    int tokens = 0;
    for (JsonNode part : content.path("parts")) {
      tokens +=
          part.has("text") ? ScriptedAnswer.tokens(part.path("text").asText()) : TOKENS_OF_A_FILE;
    }
    return tokens;
  }

  private static Answer list(String parent, @Nullable String page, List<Entry> live) {
    List<Entry> mine =
        live.stream()
            .filter(entry -> entry.shown().path("name").asText().startsWith(parent + "/"))
            .toList();
    int from = page == null ? 0 : Integer.parseInt(page);
    ObjectNode answer = JSON.objectNode();
    ArrayNode shown = answer.putArray("cachedContents");
    mine.stream().skip(from).limit(PAGE).forEach(entry -> shown.add(entry.shown()));
    if (from + PAGE < mine.size()) {
      answer.put("nextPageToken", String.valueOf(from + PAGE));
    }
    return new Answer(200, answer);
  }

  /** Returns what is wrong with a request that names a cache, or nothing. */
  synchronized Optional<Answer> fault(ModelPrompt prompt) {
    String name = prompt.body().path("cachedContent").asText("");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (prompt.body().has("systemInstruction")
        || prompt.body().has("tools")
        || prompt.body().has("toolConfig")) {
      return Optional.of(
          error(
              400,
              "CachedContent can not be used with GenerateContent request setting"
                  + " system_instruction, tools or tool_config."));
    }
    live();
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.of(error(404, "Cached content " + name + " is not found."));
    }
    return entry.shown().path("model").asText().endsWith(prompt.model())
        ? Optional.empty()
        : Optional.of(error(400, "The model of the cached content is another one."));
  }

  /** Returns the tokens that a request reads from its cache. */
  synchronized int cachedTokens(ModelPrompt prompt) {
    Entry entry = entries.get(prompt.body().path("cachedContent").asText(""));
    return entry == null ? 0 : entry.shown().path("usageMetadata").path("totalTokenCount").asInt();
  }

  private static Answer error(int status, String message) {
    ObjectNode body = JSON.objectNode();
    body.putObject("error")
        .put("code", status)
        .put("message", message)
        .put(
            "status",
            status == 404 ? "NOT_FOUND" : status < 500 ? "INVALID_ARGUMENT" : "UNAVAILABLE");
    return new Answer(status, body);
  }
}
