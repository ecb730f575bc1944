package dev.attune.launcher.cli.template;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the spec file of a Flex Template that runs {@code attune prepare} on Dataflow. */
@Command(
    name = "template",
    description = {
      "Writes the spec file of a Dataflow Flex Template that prepares a dataset.",
      "Its parameters are options of attune prepare. deploy/README.md shows how to build the image"
          + " and how to launch the template."
    })
public final class TemplateCommand extends ConsoleCommand {
  private static final String PREPARE = "prepare";

  @Spec private @Nullable CommandSpec own;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description =
          "Container image that launches the job, best with its digest. Default: the image that"
              + " the build pushes to the registry of dataflow.project and dataflow.region.")
  private @Nullable String image;

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      description = "Write a file, also gs://bucket/name. Default: print it to stdout.")
  private @Nullable Place to;

  public TemplateCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run() throws CommandFailure, IOException {
    String named = image == null ? configuredImage() : image;
    if (!TemplateImage.isName(named)) {
      throw usage(Messages.of("launcher.template.image", named));
    }
    String text = FlexTemplate.text(named, prepare());
    if (to == null) {
      shell.out().print(text);
      return;
    }
    to.replace(text.getBytes(StandardCharsets.UTF_8));
    if (json()) {
      shell.out().print(JsonDocument.text(new Written(shell.show(to), named)));
    } else {
      shell.out().println("%s launches %s".formatted(shell.show(to), named));
    }
  }

  private CommandSpec prepare() {
    CommandSpec attune = Objects.requireNonNull(own, "set by picocli").parent();
    return Objects.requireNonNull(attune.subcommands().get(PREPARE), PREPARE).getCommandSpec();
  }

  private String configuredImage() throws CommandFailure, IOException {
    String shown = shell.show(config());
    if (!config().isFile()) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION, Messages.of("launcher.template.no-image", shown));
    }
    return TemplateImage.configured(ConfigFile.load(config(), shell))
        .orElseThrow(
            () ->
                new CommandFailure(
                    FailureCode.CONFIGURATION, Messages.of("launcher.template.no-image", shown)));
  }

  private record Written(String template, String image) {}
}
