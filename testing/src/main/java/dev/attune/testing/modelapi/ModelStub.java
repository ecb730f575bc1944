package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.attune.testing.http.LoopbackServer;
import dev.attune.testing.modelapi.ModelFaults.ApiError;
import dev.attune.testing.modelapi.ModelFaults.Effect;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stub of text models on loopback: OpenAI's chat completions below {@link #openAiUrl()}, Gemini's
 * generateContent below {@link #geminiUrl()}, of Vertex AI with tuned endpoints and of the Gemini
 * API, with their context caches. Gemini refuses calls of functions that come back without their
 * signature, as the service does.
 */
public final class ModelStub implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PROMPTS_KEPT = 10_000;
  private static final int CHUNKED = 0;
  private static final Pattern PAGE = Pattern.compile("pageToken=([0-9]+)");

  private final LoopbackServer server;
  private final ModelFaults faults = new ModelFaults();
  private final StubCaches caches = new StubCaches();
  private final List<ModelPrompt> prompts = new ArrayList<>();
  private final WireFormat chatCompletions = new ChatCompletionsFormat();
  private final WireFormat gemini = new GenerateContentFormat();
  private volatile ModelScript script = ModelScript.plain();
  private volatile String key = "";
  private volatile Set<String> models = Set.of();
  private long count;

  private ModelStub(int port) throws IOException {
    server = new LoopbackServer(port, "model-stub");
    server.startRaw(this::serve);
  }

  /** Starts a stub on a free port. */
  public static ModelStub start() throws IOException {
    return new ModelStub(0);
  }

  /** Starts a stub on a port. */
  public static ModelStub start(int port) throws IOException {
    return new ModelStub(port);
  }

  /** The base URL of the chat completions, such as {@code http://127.0.0.1:41234/v1}. */
  public String openAiUrl() {
    return geminiUrl() + "/v1";
  }

  /** The base URL of Gemini, such as {@code http://127.0.0.1:41234}. */
  public String geminiUrl() {
    return server.url();
  }

  /** Sets what is answered from now on. */
  public void script(ModelScript answers) {
    script = answers;
  }

  /** Refuses calls without this key or access token from now on; an empty one allows all. */
  public void requireKey(String wanted) {
    key = wanted;
  }

  /** Knows only these models from now on; without any, all. */
  public void models(String... known) {
    models = Set.of(known);
  }

  /** What goes wrong; nothing at first. */
  public ModelFaults faults() {
    return faults;
  }

  /** The context caches of Gemini. */
  public StubCaches caches() {
    return caches;
  }

  /** The newest 10,000 prompts, in the order of arrival, those of refused calls included. */
  public List<ModelPrompt> prompts() {
    synchronized (prompts) {
      return List.copyOf(prompts);
    }
  }

  /** Returns how many calls there were. */
  public long count() {
    synchronized (prompts) {
      return count;
    }
  }

  /** Forgets all prompts. */
  public void clear() {
    synchronized (prompts) {
      prompts.clear();
      count = 0;
    }
  }

  /** Closes all connections. Calls that are held are dropped. */
  @Override
  public void close() {
    server.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      if (StubCaches.isPath(path)) {
        cache(exchange, path, body);
        return;
      }
      WireFormat format = path.contains("enerateContent") ? gemini : chatCompletions;
      if (format == chatCompletions && !path.equals("/v1/chat/completions")) {
        send(exchange, format, new ApiError(404, "", ""));
        return;
      }
      ModelPrompt prompt = format.prompt(path, key(exchange.getRequestHeaders()), body);
      record(prompt);
      ApiError refusal = refusal(prompt);
      ModelFaults.Rule rule = faults.matching(prompt);
      if (refusal != null) {
        send(exchange, format, refusal);
      } else if (caches.fault(prompt).isPresent()) {
        send(exchange, caches.fault(prompt).orElseThrow());
      } else if (rule == null) {
        answer(exchange, format, prompt, null);
      } else {
        switch (rule.effect()) {
          case CLOSE -> {}
          case STATUS -> send(exchange, format, rule.error());
          case GARBAGE -> garbage(exchange, prompt);
          case CUT, HOLD -> answer(exchange, format, prompt, rule);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cache(HttpExchange exchange, String path, JsonNode body) throws IOException {
    if (!key.isEmpty() && !key.equals(key(exchange.getRequestHeaders()))) {
      send(exchange, gemini, new ApiError(401, "", ""));
      return;
    }
    Matcher page = PAGE.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
    send(
        exchange,
        caches.answer(exchange.getRequestMethod(), path, page.find() ? page.group(1) : null, body));
  }

  private static void send(HttpExchange exchange, StubCaches.Answer answer) throws IOException {
    byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    header(exchange, "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private void record(ModelPrompt prompt) {
    synchronized (prompts) {
      count++;
      prompts.add(prompt);
      if (prompts.size() > MOST_PROMPTS_KEPT) {
        prompts.remove(0);
      }
    }
  }

  private static String key(Headers headers) {
    String key = headers.getFirst("x-goog-api-key");
    String bearer = headers.getFirst("Authorization");
    return key != null ? key : bearer == null ? "" : bearer.replaceFirst("^Bearer ", "");
  }

  private @Nullable ApiError refusal(ModelPrompt prompt) {
    if (!key.isEmpty() && !key.equals(prompt.key())) {
      return new ApiError(401, "", "");
    }
    if (!models.isEmpty() && !models.contains(prompt.model())) {
      return new ApiError(404, "", "");
    }
    return prompt.api() == ModelPrompt.Api.GEMINI && !GenerateContentFormat.isSigned(prompt.body())
        ? new ApiError(400, "", "")
        : null;
  }

  private void answer(
      HttpExchange exchange, WireFormat format, ModelPrompt prompt, ModelFaults.@Nullable Rule rule)
      throws IOException, InterruptedException {
    ScriptedAnswer answer = script.answer(prompt);
    int cached = caches.cachedTokens(prompt);
    answer = cached == 0 ? answer : answer.withCachedTokens(cached);
    if (prompt.streamed()) {
      stream(exchange, format.events(prompt, answer), rule);
      return;
    }
    if (rule != null && rule.effect() == Effect.HOLD) {
      rule.holdCall();
    }
    byte[] body = format.answer(prompt, answer).toString().getBytes(StandardCharsets.UTF_8);
    boolean cut = rule != null && rule.effect() == Effect.CUT;
    header(exchange, "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body, 0, cut ? body.length / 2 : body.length);
  }

  private static void stream(
      HttpExchange exchange, List<String> events, ModelFaults.@Nullable Rule rule)
      throws IOException, InterruptedException {
    header(exchange, "text/event-stream");
    exchange.sendResponseHeaders(200, CHUNKED);
    OutputStream out = exchange.getResponseBody();
    int sent = 0;
    for (String event : events) {
      if (rule != null && sent == rule.pieces()) {
        if (rule.effect() == Effect.CUT) {
          break;
        }
        rule.holdCall();
      }
      out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      sent++;
    }
    out.close();
  }

  private static void garbage(HttpExchange exchange, ModelPrompt prompt) throws IOException {
    String text = prompt.streamed() ? "data: <html>\n\n" : "<html>It works!</html>";
    header(exchange, prompt.streamed() ? "text/event-stream" : "text/html");
    exchange.sendResponseHeaders(200, CHUNKED);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().close();
  }

  private static void send(HttpExchange exchange, WireFormat format, ApiError error)
      throws IOException {
    byte[] body = format.error(error).toString().getBytes(StandardCharsets.UTF_8);
    header(exchange, "application/json; charset=UTF-8");
    if (!error.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", error.retryAfter());
    }
    exchange.sendResponseHeaders(error.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static void header(HttpExchange exchange, String type) {
    exchange.getResponseHeaders().set("Content-Type", type);
  }

  /**
   * Starts a stub in a process of its own, which prints the base URL of its chat completions and
   * serves until it is killed.
   *
   * <pre>
   * --port N     0, the default, for a free one
   * --key KEY    refuses other keys
   * </pre>
   */
  public static void main(String... arguments) throws IOException {
    int port = 0;
    String key = "";
    if (arguments.length % 2 != 0) {
      throw usage();
    }
    for (int i = 0; i < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--port" -> port = Integer.parseInt(arguments[i + 1]);
        case "--key" -> key = arguments[i + 1];
        default -> throw usage();
      }
    }
    ModelStub stub = new ModelStub(port);
    stub.requireKey(key);
    System.out.println(stub.openAiUrl());
  }

  private static IllegalArgumentException usage() {
    return new IllegalArgumentException("usage: ModelStub [--port N] [--key KEY]");
  }
}
