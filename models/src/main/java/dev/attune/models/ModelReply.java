package dev.attune.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a model.
 *
 * @param text the answer without thoughts; empty if there is none
 * @param thoughts what the model shows of its thinking; empty if nothing
 * @param toolCalls the calls that the model asks for, in order
 * @param finish why the answer ended
 * @param finishDetail the provider's word for it, e.g. {@code SAFETY}
 * @param usage tokens, for the price
 * @param modelVersion the version that answered, as the provider names it
 * @param fallback why another model than the asked one answered; null if the asked one did
 */
public record ModelReply(
    String text,
    String thoughts,
    List<ModelTurn.ToolCall> toolCalls,
    Finish finish,
    String finishDetail,
    Usage usage,
    String modelVersion,
    @Nullable String fallback) {
  public ModelReply {
    toolCalls = List.copyOf(toolCalls);
  }

  /** Why an answer ended. */
  public enum Finish {
    /** The answer is complete. */
    COMPLETE,
    /** The model asks for the results of tools. */
    TOOL_CALLS,
    /** The limit of tokens cut the answer off, or it ended for a reason that is not known here. */
    CUT_OFF,
    /** A filter of the provider blocked the request or the answer. */
    BLOCKED,
    /** The model refused, and the API says so. */
    REFUSED
  }
}
