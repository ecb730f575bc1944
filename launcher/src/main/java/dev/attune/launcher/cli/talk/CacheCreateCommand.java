package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.ask.QuestionParts;
import dev.attune.launcher.ask.cache.CacheCreation;
import dev.attune.launcher.ask.cache.CacheCreation.Outcome;
import dev.attune.launcher.ask.cache.CacheCreation.Wanted;
import dev.attune.launcher.ask.cache.CacheDocument;
import dev.attune.launcher.ask.cache.CacheDocument.Did;
import dev.attune.launcher.ask.cache.CacheText;
import dev.attune.launcher.ask.cache.NamedCaches;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.SessionOpener;
import dev.attune.message.Messages;
import dev.attune.models.ModelTurn;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a context cache. */
@Command(
    name = "create",
    description = {
      "Puts files and a system instruction into a context cache.",
      "It says first what the cache costs and what it saves. The same command again finds the cache"
          + " and pays nothing until it expires."
    })
public final class CacheCreateCommand extends ConsoleCommand {
  private final SessionOpener sessions;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Name of the cache: a-z, 0-9, '.', '_' and '-', up to 32 characters.")
  private String name = "";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "The model of attune.yaml that reads the cache, with provider gemini.")
  private String model = "";

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description =
          "Put a file into the cache: text, image, PDF or audio. Can be given several times.")
  private List<String> files = new ArrayList<>();

  @Mixin private SystemOptions system = new SystemOptions();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      converter = LifetimeConverter.class,
      description = "After which time the provider deletes it: 90m, 2h, 7d. Default: 1h.")
  private Duration lifetime = Duration.ofHours(1);

  @Mixin private CostOptions cost = new CostOptions();

  /** Creates the command. */
  public CacheCreateCommand(Shell shell, SessionOpener sessions) {
    super(shell);
    this.sessions = sessions;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    if (!NamedCaches.isName(name)) {
      throw usage(Messages.of("launcher.cache.name", Printable.shortened(name)));
    }
    system.check(this);
    AttuneConfig config = ConfigFile.load(config(), shell);
    List<ModelTurn.Part> parts = QuestionParts.ofFiles(files, shell);
    String instruction = system.text(system.persona(config, shell));
    try (Ledger ledger = Ledger.open(config, shell);
        ModelSession session = sessions.open(config, ledger, shell, cost.of(this))) {
      Outcome outcome =
          new CacheCreation(new NamedCaches(config, session, shell), session, shell)
              .create(new Wanted(name, model, instruction, parts, lifetime));
      if (json()) {
        shell
            .out()
            .print(
                CacheDocument.of(
                    outcome.cost() == null ? Did.FOUND : Did.CREATED,
                    List.of(outcome.cache()),
                    session.spent()));
      } else {
        shell.out().println(CacheText.outcome(outcome));
      }
      if (outcome.cost() != null) {
        shell.err().println(CacheText.spent(outcome.cost()));
      }
    }
  }
}
