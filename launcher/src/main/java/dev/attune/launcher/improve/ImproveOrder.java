package dev.attune.launcher.improve;

import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ImprovementConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import org.jspecify.annotations.Nullable;

/**
 * The request of one {@code attune improve}.
 *
 * @param model that writes, as typed or configured
 * @param judge that judges, or null for none
 * @param limit how many rows are asked for at most
 * @param fresh whether rows are asked for again for which no acceptable answer was written
 */
public record ImproveOrder(
    AttuneConfig config, String model, @Nullable String judge, int limit, boolean fresh) {

  /**
   * Returns the order of a command line.
   *
   * @param model replaces {@code improvement.model}, or null
   * @param limit replaces {@code improvement.limit}, or null
   * @throws CommandFailure if neither names a model, or there is no feedback
   */
  public static ImproveOrder of(
      AttuneConfig config, @Nullable String model, @Nullable Integer limit, boolean fresh)
      throws CommandFailure {
    if (config.dataset().sources().feedback() == null) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION, Messages.of("launcher.improve.no-feedback"));
    }
    ImprovementConfig configured = config.improvement();
    if (model == null && configured == null) {
      throw new CommandFailure(FailureCode.CONFIGURATION, Messages.of("launcher.improve.no-model"));
    }
    int most = configured == null ? ImprovementConfig.DEFAULT_LIMIT : configured.limit();
    return new ImproveOrder(
        config,
        model == null ? configured.model() : model,
        configured == null ? null : configured.judge(),
        limit == null ? most : limit,
        fresh);
  }
}
