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
import dev.attune.message.Messages;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.place.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads attune.yaml, and reports its faults with those of the files that it names. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Returns the configuration.
   *
   * @param typed its place
   * @throws CommandFailure with all faults
   */
  public static AttuneConfig load(Place typed, Shell shell) throws CommandFailure {
    return load(typed, shell, named -> List.of(), named -> List.of());
  }

  /**
   * Returns the configuration to prepare a dataset with. If it has faults, those of the input files
   * are reported with them; alone, they are reported by the pipeline.
   *
   * @param typed its place
   * @throws CommandFailure with all faults
   */
  public static AttuneConfig loadToPrepare(Place typed, Shell shell) throws CommandFailure {
    return load(typed, shell, named -> List.of(), PrepareDataset::fileFaults);
  }

  /**
   * Returns the configuration to tune with.
   *
   * @param typed its place
   * @param ordered the back end of the command line, or null for the configured one
   * @throws CommandFailure with all faults, including missing keys that tuning needs
   */
  public static AttuneConfig loadToTune(Place typed, Shell shell, @Nullable BackEnd ordered)
      throws CommandFailure {
    return load(
        typed,
        shell,
        named -> named.tuning().faults(ordered),
        named -> TuningFaults.unknownModel(named, ordered));
  }

  /**
   * Returns the configuration to prepare, tune and promote with.
   *
   * @param typed its place
   * @param more finds further faults of the named files
   * @throws CommandFailure with all faults
   */
  public static AttuneConfig loadToRun(
      Place typed, Shell shell, Function<NamedFiles, List<ConfigFault>> more)
      throws CommandFailure {
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
   * Returns the configuration.
   *
   * @param needed finds further reasons to refuse it
   * @param besides finds faults that are only reported together with others
   */
  private static AttuneConfig load(
      Place file,
      Shell shell,
      Function<NamedFiles, List<ConfigFault>> needed,
      Function<NamedFiles, List<ConfigFault>> besides)
      throws CommandFailure {
    List<ConfigFault> faults = new ArrayList<>();
    NamedFiles named;
    Exception cause = null;
    try {
      AttuneConfig config = ConfigLoader.load(file, shell.show(file));
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
      addNew(faults, needed.apply(named));
      addNew(faults, besides.apply(named));
      faults.sort(ConfigFault.ORDER);
    }
    throw failure(shell.show(file), faults, cause);
  }

  /** Adds faults, except those whose line of text stands there: a place is looked at twice. */
  private static void addNew(List<ConfigFault> faults, List<ConfigFault> more) {
    for (ConfigFault fault : more) {
      if (faults.stream()
          .noneMatch(
              known -> known.line() == fault.line() && known.sentence().equals(fault.sentence()))) {
        faults.add(fault);
      }
    }
  }

  /**
   * Returns the known base models, including those of {@code tuning.baseModels}.
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
   * Returns the failure for faults of a configuration.
   *
   * @param name attune.yaml as shown to the user
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
            ? Messages.of("launcher.config.fault", name)
            : Messages.of("launcher.config.faults", name, faults.size());
    return new CommandFailure(FailureCode.CONFIGURATION, lines, reported, sentence, refused);
  }

  private static String line(String name, ConfigFault fault) {
    String where = fault.line() > 0 ? name + ":" + fault.line() : name;
    return where + ": " + fault.sentence();
  }
}
