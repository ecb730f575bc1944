package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.Printable;
import dev.attune.schema.SchemaFault;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads attune.yaml and checks it against attune.schema.json and the rules of {@link ConfigRules}.
 * Reports all faults at once, each with its line.
 */
public final class ConfigLoader {
  /** Configurations have a few kilobytes. */
  private static final int MAX_BYTES = 1 << 20;

  private ConfigLoader() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException with every fault, also if the file does not exist
   */
  public static AttuneConfig load(Path attuneYaml) throws ConfigException {
    return load(Place.of(attuneYaml), attuneYaml.toString());
  }

  /**
   * Reads a file.
   *
   * @param shown its name in faults
   * @throws ConfigException with every fault, also if the file does not exist
   */
  public static AttuneConfig load(Place attuneYaml, String shown) throws ConfigException {
    Place parent = attuneYaml.folder();
    return parse(text(attuneYaml, shown), shown, parent == null ? attuneYaml : parent);
  }

  /**
   * Parses a text; its paths are relative to the working directory.
   *
   * @param place the name of the file in faults
   * @throws ConfigException with every fault
   */
  public static AttuneConfig parse(String yaml, String place) throws ConfigException {
    return parse(yaml, place, Place.of(Path.of("")));
  }

  /**
   * Parses another YAML or JSON document of the user, such as a file of tools.
   *
   * @param place the name of the file in faults
   * @param firstLine the line of the file in which the text begins, from 1
   * @throws ConfigException with every fault
   */
  public static JsonNode document(String yaml, String place, int firstLine, SchemaFile schema)
      throws ConfigException {
    ConfigTree tree = new ConfigTree(yaml, Messages.of("schemas.yaml.no-content"));
    if (!tree.at("").isMissingNode()) {
      for (SchemaFault fault : schema.validate(tree.at(""))) {
        tree.fault(
            fault.pointer(),
            Messages.of(
                "schemas.config.value", SchemaRules.subject(fault.pointer()), fault.sentence()));
      }
    }
    List<ConfigFault> faults =
        tree.faults().stream()
            .map(f -> new ConfigFault(f.line() + firstLine - 1, f.key(), f.sentence()))
            .toList();
    if (!faults.isEmpty()) {
      throw new ConfigException(place, faults);
    }
    return tree.at("");
  }

  private static AttuneConfig parse(String yaml, String place, Place folder)
      throws ConfigException {
    ConfigTree config = new ConfigTree(yaml);
    NamedFiles named = new NamedFiles(config, place, folder);
    if (!config.at("").isMissingNode()) {
      SchemaRules.check(config);
      ConfigRules.check(config, folder);
    }
    List<ConfigFault> faults = config.faults();
    if (!faults.isEmpty()) {
      throw new ConfigException(place, faults, named);
    }
    JsonNode effective = ConfigSchema.filled(config.at(""));
    return new AttuneConfig(ConfigRecords.dataset(effective), effective, folder, named);
  }

  private static String text(Place file, String place) throws ConfigException {
    byte[] bytes;
    try (InputStream in = file.open()) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw unreadable(place, reason(file, e));
    }
    if (bytes.length > MAX_BYTES) {
      throw unreadable(place, Messages.of("schemas.config.too-large"));
    }
    return decoded(bytes, place);
  }

  private static String reason(Place file, IOException e) {
    if (e instanceof PlaceException) {
      return String.valueOf(e.getMessage());
    }
    try {
      if (file.isFolder()) {
        return Messages.of("schemas.config.is-folder");
      }
    } catch (PlaceException unknown) {
      return String.valueOf(unknown.getMessage());
    } catch (IOException unknown) {
      return Messages.of("schemas.config.unreadable");
    }
    if (e instanceof NoSuchFileException) {
      return Messages.of("schemas.config.no-file");
    }
    if (e instanceof AccessDeniedException) {
      return Messages.of("schemas.config.denied");
    }
    String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return reason == null
        ? Messages.of("schemas.config.unreadable")
        : Messages.of("schemas.config.file-system", Printable.shortened(reason));
  }

  private static String decoded(byte[] bytes, String place) throws ConfigException {
    if (bytes.length > 1
        && ((bytes[0] == -1 && bytes[1] == -2) || (bytes[0] == -2 && bytes[1] == -1))) {
      throw unreadable(place, Messages.of("schemas.config.utf16"));
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new ConfigException(
          place, List.of(new ConfigFault(line, "", Messages.of("schemas.config.not-utf8"))));
    }
    return out.flip().toString();
  }

  private static ConfigException unreadable(String place, String sentence) {
    return new ConfigException(place, List.of(new ConfigFault(0, "", sentence)));
  }
}
