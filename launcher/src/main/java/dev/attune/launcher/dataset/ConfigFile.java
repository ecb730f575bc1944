package dev.attune.launcher.dataset;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.BaseModelsException;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigFault;
import dev.attune.config.ConfigLoader;
import dev.attune.config.NamedFiles;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.ReportedFault;
import dev.attune.launcher.console.Shell;
import dev.attune.pipeline.PrepareDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads attune.yaml and the files that it names for the launcher. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * The configuration.
   *
   * @param typed its path as typed
   * @throws CommandFailure with every fault
   */
  public static AttuneConfig load(Path typed, Shell shell) throws CommandFailure {
    Path file = shell.resolve(typed);
    try {
      return ConfigLoader.load(file);
    } catch (ConfigException refused) {
      throw failure(shell.show(file), refused.faults(), refused);
    }
  }

  /**
   * The configuration, for whoever reads the files of input next: where it has faults, those of the
   * files that it names are told together with them.
   *
   * @param typed its path as typed
   * @throws CommandFailure with every fault
   */
  public static AttuneConfig loadToPrepare(Path typed, Shell shell) throws CommandFailure {
    Path file = shell.resolve(typed);
    try {
      return ConfigLoader.load(file);
    } catch (ConfigException refused) {
      List<ConfigFault> faults = new ArrayList<>(refused.faults());
      NamedFiles named = refused.named();
      if (named != null) {
        faults.addAll(PrepareDataset.fileFaults(named));
        faults.sort(ConfigFault.ORDER);
      }
      throw failure(shell.show(file), faults, refused);
    }
  }

  /**
   * The base models that are known, those of {@code tuning.baseModels} included.
   *
   * @throws CommandFailure if that file cannot be used
   */
  public static BaseModels baseModels(AttuneConfig config) throws CommandFailure {
    try {
      return BaseModels.of(config);
    } catch (BaseModelsException refused) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION,
          refused.faults(),
          String.valueOf(refused.getMessage()),
          refused);
    }
  }

  /**
   * The failure for faults of a configuration.
   *
   * @param name of attune.yaml, as it is shown
   * @param faults in their order
   */
  static CommandFailure failure(String name, List<ConfigFault> faults, Exception refused) {
    List<String> lines = faults.stream().map(fault -> line(name, fault)).toList();
    List<ReportedFault> reported =
        faults.stream()
            .map(fault -> new ReportedFault(name, fault.line(), fault.key(), fault.sentence()))
            .toList();
    if (faults.size() == 1 && faults.get(0).line() == 0) {
      return new CommandFailure(
          FailureCode.CONFIGURATION, List.of(), reported, lines.get(0) + ".", refused);
    }
    String sentence =
        faults.size() == 1
            ? name + " has one fault: mend what the line above names and run again."
            : name
                + " has "
                + faults.size()
                + " faults: mend what the lines above name and run again.";
    return new CommandFailure(FailureCode.CONFIGURATION, lines, reported, sentence, refused);
  }

  private static String line(String name, ConfigFault fault) {
    String where = fault.line() > 0 ? name + ":" + fault.line() : name;
    return where + ": " + fault.sentence();
  }
}
