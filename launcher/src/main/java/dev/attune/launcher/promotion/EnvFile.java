package dev.attune.launcher.promotion;

import dev.attune.config.ConfigFault;
import dev.attune.config.NamedFiles;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.place.LocalPlace;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import java.util.List;
import java.util.Optional;

/**
 * The env file whose variable {@value #VARIABLE} names the model in use, on this machine or in a
 * bucket. It need not exist. Setting the variable replaces the file in one step and keeps all other
 * lines, byte for byte.
 */
public sealed interface EnvFile permits LocalEnvFile, BucketEnvFile {
  /** The variable that applications read. */
  String VARIABLE = "FINETUNED_MODEL_ID";

  /** The largest size of an env file. */
  long LARGEST_BYTES = 1 << 20;

  /** Returns the env file at a place. */
  static EnvFile at(Place place, Shell shell) {
    if (place instanceof LocalPlace local) {
      return new LocalEnvFile(local.path(), shell);
    }
    return new BucketEnvFile((ObjectPlace) place);
  }

  /** Returns the faults of a configuration whose env file cannot be set; writes nothing. */
  static List<ConfigFault> faults(NamedFiles files, Shell shell) {
    NamedFiles.Named named = files.envFile();
    if (named == null) {
      return List.of();
    }
    try {
      at(Place.of(named.text(), files.folder()), shell).requireWritable();
      return List.of();
    } catch (PlaceException e) {
      return List.of(); // said with the other places of the configuration
    } catch (CommandFailure e) {
      return List.of(named.fault(String.valueOf(e.getMessage())));
    }
  }

  /** Returns the place as a person would type it. */
  String shown();

  /**
   * Returns the model that the file names: the last line that sets the variable counts.
   *
   * @throws CommandFailure if the file is not text, or cannot be read
   */
  Optional<String> modelId() throws CommandFailure;

  /**
   * Checks that the variable can be set, so that an obstacle is known before the ledger is written.
   * Writes nothing. In a bucket, a missing permission to write is not noticed.
   *
   * @throws CommandFailure if the file is not text, or it or its folder cannot be written
   */
  void requireWritable() throws CommandFailure;

  /**
   * Sets the variable.
   *
   * @param modelId see {@link ModelId}
   * @return whether the file was changed; false if it names this model already
   * @throws CommandFailure if it cannot be set
   */
  boolean set(String modelId) throws CommandFailure;
}
