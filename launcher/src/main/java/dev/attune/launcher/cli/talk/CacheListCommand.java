package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.ask.cache.CacheDocument;
import dev.attune.launcher.ask.cache.CacheDocument.Did;
import dev.attune.launcher.ask.cache.CacheText;
import dev.attune.launcher.ask.cache.NamedCache;
import dev.attune.launcher.ask.cache.NamedCaches;
import dev.attune.launcher.ask.cache.NamedCaches.Listing;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.SessionOpener;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists context caches. */
@Command(
    name = "list",
    description =
        "Lists the context caches of this project, with what they cost an hour and what a request"
            + " with each of them saves.")
public final class CacheListCommand extends ConsoleCommand {
  private final SessionOpener sessions;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "List only the caches of this model. Default: of all Gemini models in attune.yaml.")
  private @Nullable String model;

  /** Creates the command. */
  public CacheListCommand(Shell shell, SessionOpener sessions) {
    super(shell);
    this.sessions = sessions;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    AttuneConfig config = ConfigFile.load(config(), shell);
    try (Ledger ledger = Ledger.open(config, shell);
        ModelSession session = sessions.open(config, ledger, shell, Consent.NONE)) {
      Listing listing = new NamedCaches(config, session, shell).all(model);
      List<NamedCache> caches = listing.caches();
      if (json()) {
        shell.out().print(CacheDocument.of(Did.LISTED, caches, session.spent()));
      } else if (caches.isEmpty() && listing.failure() == null) {
        shell.err().println("There are no context caches of " + config.dataset().dataset() + ".");
      } else if (!caches.isEmpty()) {
        CacheText.table(caches, shell.clock().instant()).forEach(shell.out()::println);
      }
      if (listing.failure() != null) {
        throw listing.failure();
      }
    }
  }
}
