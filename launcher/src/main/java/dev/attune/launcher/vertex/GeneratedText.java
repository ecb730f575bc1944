package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.Candidate;
import com.google.cloud.aiplatform.v1.Candidate.FinishReason;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.GenerateContentResponse.PromptFeedback;
import com.google.cloud.aiplatform.v1.GenerateContentResponse.PromptFeedback.BlockedReason;
import com.google.cloud.aiplatform.v1.Part;
import dev.attune.launcher.evaluation.AskException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The text of a reply, or why the service keeps it back. */
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
   * The text of the first candidate without its thoughts, also where it was cut at the limit of
   * tokens. Empty where there is no candidate, or one without text.
   *
   * @param model whose reply it is, for the sentence
   * @throws AskException of kind QUESTION if the prompt or the answer was blocked, or if there is
   *     no text for a reason that this version does not know
   */
  static String of(GenerateContentResponse reply, String model) throws AskException {
    PromptFeedback feedback = reply.getPromptFeedback();
    if (feedback.getBlockReasonValue() != BlockedReason.BLOCKED_REASON_UNSPECIFIED_VALUE) {
      throw blocked(
          "the prompt for " + model,
          name(feedback.getBlockReason(), feedback.getBlockReasonValue()));
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
      throw blocked("an answer of " + model, name(end, candidate.getFinishReasonValue()));
    }
    return text;
  }

  private static AskException blocked(String what, String reason) {
    return AskException.ofQuestion(
        "blocked: " + reason,
        ("Vertex AI blocked %s (%s); asking again gives the same, so it counts as an invalid"
                + " answer.")
            .formatted(what, reason),
        null);
  }

  /** A value that this version has no name for is told by its number. */
  private static String name(Enum<?> reason, int value) {
    return reason.name().equals("UNRECOGNIZED") ? "reason " + value : reason.name();
  }
}
