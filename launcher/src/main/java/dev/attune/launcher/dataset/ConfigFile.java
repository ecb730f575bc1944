package dev.attune.launcher.dataset;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.BaseModelsException;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigFault;
import dev.attune.config.ConfigLoader;
import dev.attune.config.NamedFiles;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.ReportedFault;
import dev.attune.launcher.console.Shell;
import dev.attune.pipeline.PrepareDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    // Whoever reads the files of input tells what is wrong with them alone.
    return load(typed, shell, named -> List.of(), PrepareDataset::fileFaults);
  }

  /**
   * The configuration, for whoever tunes.
   *
   * @param typed its path as typed
   * @param ordered the back end that was typed, or null: the configured one
   * @throws CommandFailure with every fault, also where it leaves out what tuning needs
   */
  public static AttuneConfig loadToTune(Path typed, Shell shell, @Nullable BackEnd ordered)
      throws CommandFailure {
    return load(
        typed,
        shell,
        named -> named.tuning().faults(ordered),
        named -> TuningFaults.unknownModel(named, ordered));
  }

  /**
   * The configuration, for whoever prepares, tunes and promotes.
   *
   * @param typed its path as typed
   * @param more finds what else is wrong with the files that the configuration names
   * @throws CommandFailure with every fault
   */
  public static AttuneConfig loadToRun(
      Path typed, Shell shell, Function<NamedFiles, List<ConfigFault>> more) throws CommandFailure {
    return load(
        typed,
        shell,
        named -> both(more.apply(named), named.tuning().faults(null)),
        named -> both(PrepareDataset.fileFaults(named), TuningFaults.unknownModel(named, null)));
  }

  private static List<ConfigFault> both(List<ConfigFault> some, List<ConfigFault> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /**
   * The configuration.
   *
   * @param needed finds what else is a reason to refuse it
   * @param besides finds what is told only together with other faults, for alone it is told later
   */
  private static AttuneConfig load(
      Path typed,
      Shell shell,
      Function<NamedFiles, List<ConfigFault>> needed,
      Function<NamedFiles, List<ConfigFault>> besides)
      throws CommandFailure {
    Path file = shell.resolve(typed);
    List<ConfigFault> faults = new ArrayList<>();
    NamedFiles named;
    Exception cause = null;
    try {
      AttuneConfig config = ConfigLoader.load(file);
      named = config.named();
      if (needed.apply(named).isEmpty()) {
        return config;
      }
    } catch (ConfigException refused) {
      faults.addAll(refused.faults());
      named = refused.named();
      cause = refused;
    }
    if (named != null) {
      faults.addAll(needed.apply(named));
      faults.addAll(besides.apply(named));
      faults.sort(ConfigFault.ORDER);
    }
    throw failure(shell.show(file), faults, cause);
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
  static CommandFailure failure(
      String name, List<ConfigFault> faults, @Nullable Exception refused) {
    List<String> lines = faults.stream().map(fault -> line(name, fault)).toList();
    List<ReportedFault> reported =
        faults.stream()
            .map(
                fault ->
                    new ReportedFault(
                        name,
                        fault.line() == 0 ? null : fault.line(),
                        fault.key(),
                        fault.sentence()))
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
