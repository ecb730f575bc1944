package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.format.rule.Level;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.CheckReport;
import dev.attune.launcher.dataset.DatasetCheck;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import dev.attune.place.Place;
import java.io.IOException;
import java.util.List;

/**
 * Checks a dataset against the rules of its provider.
 *
 * @param file place of attune.yaml
 */
record CheckStep(AttuneConfig config, Place file, Shell shell) {
  /**
   * Checks it.
   *
   * @return the numbers of errors and warnings in words
   * @throws CommandFailure if there is an error
   */
  String run(DatasetDirectory dataset) throws CommandFailure, IOException {
    boolean local = config.tuning().backEnd() == TuningConfig.BackEnd.LOCAL;
    CheckReport result =
        new DatasetCheck(shell, null, local ? null : config.baseModel(), null, file)
            .check(List.of(dataset.path()));
    String outcome =
        FigureText.count(result.errors(), "error")
            + ", "
            + FigureText.count(result.count(Level.WARNING), "warning");
    if (result.errors() > 0) {
      String shown = shell.show(dataset.path());
      throw new CommandFailure(
          FailureCode.DATASET, Messages.of("launcher.run.check-failed", shown, outcome, shown));
    }
    return outcome;
  }
}
