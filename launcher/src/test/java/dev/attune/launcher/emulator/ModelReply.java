package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.Candidate;
import com.google.cloud.aiplatform.v1.Candidate.FinishReason;
import com.google.cloud.aiplatform.v1.Content;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.GenerateContentResponse.PromptFeedback;
import com.google.cloud.aiplatform.v1.GenerateContentResponse.PromptFeedback.BlockedReason;
import com.google.cloud.aiplatform.v1.Part;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;

/** Replies and refusals of models, in the shapes of the service, for an {@link Answerer}. */
public final class ModelReply {
  /** A value that no enum of the client has. */
  public static final int UNKNOWN_VALUE = 99;

  private ModelReply() {}

  /** A whole answer. */
  public static GenerateContentResponse text(String answer) {
    return ended(answer, FinishReason.STOP_VALUE);
  }

  /** An answer that ended for a reason, given as the number of a {@link FinishReason}. */
  public static GenerateContentResponse ended(String answer, int reason) {
    return GenerateContentResponse.newBuilder()
        .addCandidates(
            Candidate.newBuilder()
                .setFinishReasonValue(reason)
                .setContent(
                    Content.newBuilder()
                        .setRole("model")
                        .addParts(Part.newBuilder().setText(answer))))
        .build();
  }

  /** A blocked answer: a candidate without content. */
  public static GenerateContentResponse blockedAnswer(FinishReason reason) {
    return GenerateContentResponse.newBuilder()
        .addCandidates(Candidate.newBuilder().setFinishReason(reason))
        .build();
  }

  /** An answer without content that ended for a reason of a newer version of the service. */
  public static GenerateContentResponse endedForAnUnknownReason() {
    return GenerateContentResponse.newBuilder()
        .addCandidates(Candidate.newBuilder().setFinishReasonValue(UNKNOWN_VALUE))
        .build();
  }

  /** A blocked prompt: no candidate. */
  public static GenerateContentResponse blockedPrompt(BlockedReason reason) {
    return blockedPrompt(reason.getNumber());
  }

  /** A prompt that is blocked for a reason of a newer version of the service. */
  public static GenerateContentResponse blockedPromptForAnUnknownReason() {
    return blockedPrompt(UNKNOWN_VALUE);
  }

  /** A reply of nothing. */
  public static GenerateContentResponse empty() {
    return GenerateContentResponse.getDefaultInstance();
  }

  /** HTTP's 429. */
  public static StatusRuntimeException tooManyRequests() {
    return ServiceError.of(Code.RESOURCE_EXHAUSTED, "Resource exhausted. Please try again later.");
  }

  /** HTTP's 503. */
  public static StatusRuntimeException overloaded() {
    return ServiceError.of(
        Code.UNAVAILABLE, "The service is currently unavailable. Please try again later.");
  }

  /** HTTP's 400, of a prompt that is too long. */
  public static StatusRuntimeException tooLong() {
    return ServiceError.of(
        Code.INVALID_ARGUMENT,
        "The input token count (140000) exceeds the maximum number of tokens allowed (131072).");
  }

  private static GenerateContentResponse blockedPrompt(int reason) {
    return GenerateContentResponse.newBuilder()
        .setPromptFeedback(PromptFeedback.newBuilder().setBlockReasonValue(reason))
        .build();
  }
}
