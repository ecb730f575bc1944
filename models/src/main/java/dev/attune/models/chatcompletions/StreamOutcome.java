package dev.attune.models.chatcompletions;

import dev.attune.models.ReplyListener;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import org.jspecify.annotations.Nullable;

/** Passes a stream on to its listener and keeps how it ended. Used by one thread. */
final class StreamOutcome implements StreamingChatResponseHandler {
  private final ReplyListener listener;
  private @Nullable ChatResponse response;
  private @Nullable Throwable failure;

  StreamOutcome(ReplyListener listener) {
    this.listener = listener;
  }

  @Override
  public void onPartialResponse(PartialResponse more, PartialResponseContext context) {
    pass(() -> listener.text(more.text()), context.streamingHandle());
  }

  @Override
  public void onPartialThinking(PartialThinking more, PartialThinkingContext context) {
    pass(() -> listener.thoughts(more.text()), context.streamingHandle());
  }

  /** Passes something on; ends the stream if the listener fails. */
  private void pass(Runnable call, StreamingHandle stream) {
    boolean passed = false;
    try {
      call.run();
      passed = true;
    } finally {
      if (!passed) {
        stream.cancel();
      }
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse complete) {
    response = complete;
  }

  @Override
  public void onError(Throwable error) {
    if (failure == null) {
      failure = error;
    }
  }

  /** Returns the whole answer. Throws the failure of the call, or of the listener, if it failed. */
  ChatResponse response() {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (response == null) {
      throw new LangChain4jException("no answer");
    }
    return response;
  }
}
