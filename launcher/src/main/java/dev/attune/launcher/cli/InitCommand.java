package dev.attune.launcher.cli;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes files to start from; prepare accepts them as they are. Overwrites nothing. */
@Command(
    name = "init",
    description =
        "Writes a commented attune.yaml, a taxonomy and sample observations to start from.")
public final class InitCommand extends ConsoleCommand {
  private static final String CONFIG = "attune.yaml";

  /** Files in the order of writing. If attune.yaml, the last one, exists, all were written. */
  private static final List<String> FILES = List.of("taxonomy.json", "observations.csv", CONFIG);

  private static final String NAME_LINE = "\ndataset: ";

  /**
   * Dataset name in the template; used if the folder's name has no character that a name may have.
   */
  private static final String USUAL_NAME = "my-dataset";

  private static final int LONGEST_NAME = 48;

  private final Path home;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Target directory, created if missing. Default: current directory.")
  private @Nullable Place directory;

  /**
   * Creates the command.
   *
   * @param home root of the clone, if Attune runs from a clone
   */
  public InitCommand(Shell shell, Path home) {
    super(shell);
    this.home = home;
  }

  @Override
  protected void run() throws CommandFailure, IOException {
    Path target = target();
    refuseToOverwrite(target);
    try {
      write(target);
    } catch (FileSystemException e) {
      throw new CommandFailure(
          FailureCode.FILE,
          Messages.of("launcher.init.unwritable", shell.show(target), reason(e)),
          e);
    }
    print(target);
  }

  private Path target() throws CommandFailure {
    if (directory == null) {
      return shell.resolve(Path.of(""));
    }
    if (directory instanceof LocalPlace local) {
      return shell.resolve(local.path());
    }
    throw new CommandFailure(
        FailureCode.FILE, Messages.of("launcher.init.bucket", shell.show(directory)));
  }

  private static void write(Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : FILES) {
      try (InputStream template = InitCommand.class.getResourceAsStream(name)) {
        byte[] content = Objects.requireNonNull(template, name).readAllBytes();
        Files.write(
            target.resolve(name),
            name.equals(CONFIG) ? named(content, target) : content,
            StandardOpenOption.CREATE_NEW);
      }
    }
  }

  /** The configuration with the name of the project. */
  private static byte[] named(byte[] config, Path target) {
    return new String(config, StandardCharsets.UTF_8)
        .replace(NAME_LINE + USUAL_NAME, NAME_LINE + datasetName(target))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The name of a folder as the name of a dataset. */
  static String datasetName(Path folder) {
    String name =
        Normalizer.normalize(
                String.valueOf(folder.toAbsolutePath().getFileName()), Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+", "");
    String fitting = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-$", "");
    return fitting.isEmpty() ? USUAL_NAME : fitting;
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return Messages.of("launcher.init.denied");
    }
    if (e instanceof FileAlreadyExistsException) {
      return Messages.of("launcher.init.exists", e.getFile());
    }
    return e.getReason() == null ? Messages.of("launcher.init.unmade") : e.getReason();
  }

  private void refuseToOverwrite(Path target) throws CommandFailure {
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new CommandFailure(
          FailureCode.FILE, Messages.of("launcher.init.file", shell.show(target)));
    }
    List<String> there =
        FILES.stream()
            .map(target::resolve)
            .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            .map(shell::show)
            .toList();
    if (!there.isEmpty()) {
      throw new CommandFailure(
          FailureCode.FILE,
          Messages.of(
              there.size() == 1 ? "launcher.init.file-exists" : "launcher.init.files-exist",
              String.join(", ", there)));
    }
  }

  private void print(Path target) {
    if (json()) {
      shell.out().print(JsonDocument.text(new WrittenFiles(target, FILES)));
      return;
    }
    FILES.forEach(name -> shell.out().println("wrote  " + shell.show(target.resolve(name))));
    String config = shell.show(target.resolve(CONFIG));
    boolean here = config.equals(CONFIG);
    shell.out().println("next   " + attune() + " prepare" + (here ? "" : " --config " + config));
  }

  /** The document of {@code --json}. */
  private record WrittenFiles(Path directory, List<String> files) {}

  /** The clone's script as it is typed here. */
  private String attune() {
    Path script = home.resolve("attune");
    if (!Files.isRegularFile(script)) {
      return "attune";
    }
    String shown = shell.show(script);
    return shown.equals("attune") ? "./attune" : shown;
  }
}
