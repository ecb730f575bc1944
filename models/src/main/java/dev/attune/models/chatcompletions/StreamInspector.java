package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of a stream on, and tells its listener about failures that LangChain4j's client
 * overlooks: an error among the events or in place of them, an event that is not JSON, an answer
 * that is no stream, and an end before the answer's.
 */
final class StreamInspector implements ServerSentEventListener {
  private static final String DONE = "[DONE]";
  private static final Pattern STREAM = Pattern.compile(":|(?:data|event|id|retry)\\b");
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final ServerSentEventListener next;
  private boolean begun;
  private boolean complete;
  private boolean stopped;
  private @Nullable CallFailure failure;

  StreamInspector(ServerSentEventListener next) {
    this.next = next;
  }

  @Override
  public void onOpen(SuccessfulHttpResponse response) {
    next.onOpen(response);
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    begun = true;
    if (failure != null) {
      return;
    }
    if (DONE.equals(event.data().strip())) {
      complete = true;
      return;
    }
    JsonNode json = DeadlineHttpClient.parse(event.data());
    if (!json.isObject() || DeadlineHttpClient.hasNumbersOutOfRange(json)) {
      failure = CallFailure.of(CallFailure.Kind.UNREADABLE);
    } else if (json.hasNonNull("error")) {
      failure = error(json);
    }
    if (failure != null) {
      context.parsingHandle().cancel();
      return;
    }
    complete |= json.path("choices").path(0).hasNonNull("finish_reason");
    next.onEvent(event, context);
    stopped = context.parsingHandle().isCancelled();
  }

  @Override
  public void onError(Throwable cause) {
    if (failure == null) {
      failure =
          cause instanceof IOException broken
              ? DeadlineHttpClient.failure(broken)
              : CallFailure.of(CallFailure.Kind.UNREADABLE);
    }
  }

  /**
   * Tells the listener how the stream ended.
   *
   * @param beginning of the body
   */
  void end(byte[] beginning) {
    if (failure == null && !complete && !stopped) {
      failure = begun ? CallFailure.of(CallFailure.Kind.CUT) : withoutEvents(beginning);
    }
    if (failure != null) {
      next.onError(failure);
    } else {
      next.onClose();
    }
  }

  /** Returns the failure of a body without a single event. */
  private static CallFailure withoutEvents(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).stripLeading();
    JsonNode json = DeadlineHttpClient.parse(text);
    if (json.path("error").isObject()) {
      return error(json);
    }
    boolean isStream = STREAM.matcher(text).lookingAt();
    return CallFailure.of(isStream ? CallFailure.Kind.CUT : CallFailure.Kind.UNREADABLE);
  }

  /** Returns the failure of an error that stands in place of an answer. */
  static CallFailure error(JsonNode answer) {
    JsonNode error = answer.path("error");
    JsonNode code = error.path("code");
    int status = code.isInt() ? code.intValue() : SERVER_ERROR;
    if (error.path("type").asText("").contains("rate_limit")
        || code.asText("").contains("rate_limit")) {
      status = TOO_MANY_REQUESTS;
    }
    return CallFailure.ofStatus(status, null, answer);
  }
}
