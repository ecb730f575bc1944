package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.Candidate;
import com.google.cloud.aiplatform.v1.Candidate.FinishReason;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.GenerateContentResponse.PromptFeedback;
import com.google.cloud.aiplatform.v1.GenerateContentResponse.PromptFeedback.BlockedReason;
import com.google.cloud.aiplatform.v1.Part;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.message.Messages;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Extracts the text of a reply, or why the service blocked it. */
final class GeneratedText {
  private static final Set<FinishReason> BLOCKS =
      EnumSet.of(
          FinishReason.SAFETY,
          FinishReason.RECITATION,
          FinishReason.BLOCKLIST,
          FinishReason.PROHIBITED_CONTENT,
          FinishReason.SPII,
          FinishReason.MODEL_ARMOR);

  private GeneratedText() {}

  /**
   * Returns the text of the first candidate without its thoughts, even if it was cut at the token
   * limit. The text is empty if there is no candidate, or a candidate without text.
   *
   * @param model the model, for the message
   * @throws AskException of kind QUESTION if the prompt or the answer was blocked, or if there is
   *     no text for a reason that this version does not know
   */
  static String of(GenerateContentResponse reply, String model) throws AskException {
    PromptFeedback feedback = reply.getPromptFeedback();
    if (feedback.getBlockReasonValue() != BlockedReason.BLOCKED_REASON_UNSPECIFIED_VALUE) {
      String reason = name(feedback.getBlockReason(), feedback.getBlockReasonValue());
      throw blocked(reason, Messages.of("launcher.vertex.prompt-blocked", model, reason));
    }
    if (reply.getCandidatesCount() == 0) {
      return "";
    }
    Candidate candidate = reply.getCandidates(0);
    FinishReason end = candidate.getFinishReason();
    String text =
        candidate.getContent().getPartsList().stream()
            .filter(part -> !part.getThought())
            .map(Part::getText)
            .collect(Collectors.joining());
    if (BLOCKS.contains(end) || (end == FinishReason.UNRECOGNIZED && text.isBlank())) {
      String reason = name(end, candidate.getFinishReasonValue());
      throw blocked(reason, Messages.of("launcher.vertex.answer-blocked", model, reason));
    }
    return text;
  }

  private static AskException blocked(String reason, String sentence) {
    return AskException.ofQuestion("blocked: " + reason, sentence, null);
  }

  /** Returns the name of a value, or its number if this version does not know it. */
  private static String name(Enum<?> reason, int value) {
    return reason.name().equals("UNRECOGNIZED") ? "reason " + value : reason.name();
  }
}
