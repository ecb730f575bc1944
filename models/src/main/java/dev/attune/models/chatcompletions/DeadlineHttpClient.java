package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.attune.models.fault.RetryAfter;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP client of LangChain4j's client. Sends each request once, follows no redirects, and ends
 * a call at its deadline, also while the body arrives. Streams are read by the thread that asks, so
 * that interrupting it ends them. Every failure is a {@link CallFailure}.
 */
final class DeadlineHttpClient implements HttpClient {
  private static final int LARGEST_BODY = 64 << 20;
  private static final int SUCCESS = 2;
  private static final int HUNDRED = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final java.net.http.HttpClient client;
  private final Duration limit;
  private final Clock clock;

  /**
   * Creates a client for one address.
   *
   * @param limit how long one call may take
   * @param clock for waits that are given as a date
   */
  DeadlineHttpClient(URI address, Duration limit, Clock clock) {
    this.client =
        java.net.http.HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(limit)
            // An offer of HTTP/2 in plain text confuses some servers, uvicorn among them.
            .version("https".equals(address.getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1)
            .build();
    this.limit = limit;
    this.clock = clock;
  }

  /** Returns a builder that gives this client, whatever it is told. */
  HttpClientBuilder builder() {
    return new FixedBuilder(this, limit);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    long deadline = System.nanoTime() + limit.toNanos();
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(request, deadline);
    byte[] bytes;
    try (DeadlineBody body = body(response, deadline)) {
      bytes = body.readNBytes(LARGEST_BODY);
    } catch (IOException e) {
      throw failure(e);
    }
    JsonNode json = parse(bytes);
    if (response.statusCode() / HUNDRED != SUCCESS) {
      throw refusal(response, json);
    }
    JsonNode message = json.path("choices").path(0).path("message");
    if (!message.isObject()) {
      throw json.path("error").isObject()
          ? StreamInspector.error(json)
          : CallFailure.of(CallFailure.Kind.UNREADABLE);
    }
    if (hasNumbersOutOfRange(json)) {
      throw CallFailure.of(CallFailure.Kind.UNREADABLE);
    }
    if (!message.path("refusal").asText("").isBlank()) {
      throw CallFailure.refused(json);
    }
    return success(response, bytes);
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    long deadline = System.nanoTime() + limit.toNanos();
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(request, deadline);
    try (DeadlineBody body = body(response, deadline)) {
      if (response.statusCode() / HUNDRED != SUCCESS) {
        throw refusal(response, parse(body.readNBytes(LARGEST_BODY)));
      }
      StreamInspector inspector = new StreamInspector(listener);
      inspector.onOpen(success(response, new byte[0]));
      RememberedBeginning remembered = new RememberedBeginning(body);
      parser.parse(remembered, inspector);
      inspector.end(remembered.beginning());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request, long deadline) {
    java.net.http.HttpRequest.Builder sent =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .method(
                request.method().name(),
                request.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> coming =
        client.sendAsync(sent.build(), BodyHandlers.ofPublisher());
    try {
      return coming.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw CallFailure.of(CallFailure.Kind.LATE);
    } catch (InterruptedException e) {
      coming.cancel(true);
      // Without the thread's flag, which would make LangChain4j throw something else.
      throw CallFailure.of(CallFailure.Kind.INTERRUPTED);
    } catch (ExecutionException e) {
      throw failure(e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
    }
  }

  private static DeadlineBody body(
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, long deadline) {
    DeadlineBody body = new DeadlineBody(deadline);
    response.body().subscribe(body);
    return body;
  }

  private static SuccessfulHttpResponse success(HttpResponse<?> response, byte[] body) {
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  private CallFailure refusal(HttpResponse<?> response, JsonNode body) {
    return CallFailure.ofStatus(
        response.statusCode(),
        RetryAfter.of(name -> response.headers().firstValue(name).orElse(null), clock),
        body);
  }

  /** Returns the failure of a call whose connection, body or waiting failed. */
  static CallFailure failure(IOException cause) {
    if (cause instanceof HttpTimeoutException) {
      return CallFailure.of(CallFailure.Kind.LATE);
    }
    return cause instanceof InterruptedIOException
        ? CallFailure.of(CallFailure.Kind.INTERRUPTED)
        : CallFailure.ofConnection(cause);
  }

  private static JsonNode parse(byte[] body) {
    return parse(new String(body, StandardCharsets.UTF_8));
  }

  /** Returns whether LangChain4j's client, which reads tokens as an int, fails at an answer. */
  static boolean hasNumbersOutOfRange(JsonNode answer) {
    for (JsonNode tokens : answer.path("usage")) {
      if (tokens.isNumber() && !tokens.canConvertToInt()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the parsed text; a missing node if it is not JSON. */
  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Gives the client that exists. */
  private record FixedBuilder(HttpClient client, Duration limit) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return limit;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return limit;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return client;
    }
  }
}
