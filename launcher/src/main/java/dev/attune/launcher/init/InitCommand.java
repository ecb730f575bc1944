package dev.attune.launcher.init;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes files to start from; prepare accepts them as they are. Overwrites nothing. */
@Command(
    name = "init",
    description =
        "Writes a commented attune.yaml, a taxonomy and sample observations to start from.")
public final class InitCommand implements Callable<Integer> {
  /** What is written, in this order: the configuration last, so that a half-written start shows. */
  private static final List<String> FILES =
      List.of("taxonomy.json", "observations.csv", "attune.yaml");

  private final Shell shell;
  private final Path home;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Target directory, created if missing. Default: current directory.")
  private Path directory = Path.of("");

  /**
   * The command.
   *
   * @param home the clone, if Attune runs from one
   */
  public InitCommand(Shell shell, Path home) {
    this.shell = shell;
    this.home = home;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    Path target = shell.resolve(directory);
    refuseToOverwrite(target);
    try {
      write(target);
    } catch (FileSystemException e) {
      throw new CommandFailure(
          FailureCode.FILE,
          List.of(),
          "Cannot write to " + shell.show(target) + " (" + reason(e) + "): name another.",
          e);
    }
    print(target);
    return ExitCode.DONE.code();
  }

  private static void write(Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : FILES) {
      try (InputStream template = InitCommand.class.getResourceAsStream(name)) {
        Files.copy(Objects.requireNonNull(template, name), target.resolve(name));
      }
    }
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return e.getFile() + " stands in the way";
    }
    return e.getReason() == null ? "it cannot be made" : e.getReason();
  }

  private void refuseToOverwrite(Path target) throws CommandFailure {
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new CommandFailure(
          FailureCode.FILE, shell.show(target) + " is no directory: name another.");
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
          "init overwrites nothing and "
              + String.join(", ", there)
              + (there.size() == 1 ? " exists" : " exist")
              + ": name another directory, or move what is there.");
    }
  }

  private void print(Path target) throws IOException {
    if (common.json()) {
      ObjectMapper json = new ObjectMapper();
      ObjectNode document = json.createObjectNode().put("directory", target.toString());
      FILES.forEach(document.putArray("files")::add);
      shell.out().println(json.writerWithDefaultPrettyPrinter().writeValueAsString(document));
      return;
    }
    FILES.forEach(name -> shell.out().println("wrote  " + shell.show(target.resolve(name))));
    String config = shell.show(target.resolve("attune.yaml"));
    boolean here = config.equals("attune.yaml");
    shell.out().println("next   " + attune() + " prepare" + (here ? "" : " --config " + config));
  }

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
