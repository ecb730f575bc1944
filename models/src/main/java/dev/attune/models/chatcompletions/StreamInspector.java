package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of a stream on, and tells its listener about failures that LangChain4j's client
 * overlooks: an error among the events, one that is not JSON, and an end before the answer's.
 */
final class StreamInspector implements ServerSentEventListener {
  private static final String DONE = "[DONE]";
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final ServerSentEventListener next;
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

  /** Tells the listener how the stream ended. */
  void end() {
    if (failure == null && !complete && !stopped) {
      failure = CallFailure.of(CallFailure.Kind.CUT);
    }
    if (failure != null) {
      next.onError(failure);
    } else {
      next.onClose();
    }
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
