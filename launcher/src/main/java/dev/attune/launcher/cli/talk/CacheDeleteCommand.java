package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.ask.cache.CacheDocument;
import dev.attune.launcher.ask.cache.CacheDocument.Did;
import dev.attune.launcher.ask.cache.NamedCache;
import dev.attune.launcher.ask.cache.NamedCaches;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.SessionOpener;
import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a context cache. */
@Command(
    name = "delete",
    description = "Deletes a context cache, so that storing it costs nothing more.")
public final class CacheDeleteCommand extends ConsoleCommand {
  private final SessionOpener sessions;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the cache.")
  private String name = "";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model of the cache, if several models have one with this name.")
  private @Nullable String model;

  /** Creates the command. */
  public CacheDeleteCommand(Shell shell, SessionOpener sessions) {
    super(shell);
    this.sessions = sessions;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    if (!NamedCaches.isName(name)) {
      throw usage(Messages.of("launcher.cache.name", Printable.shortened(name)));
    }
    AttuneConfig config = ConfigFile.load(config(), shell);
    try (Ledger ledger = Ledger.open(config, shell);
        ModelSession session = sessions.open(config, ledger, shell, Consent.NONE)) {
      List<NamedCache> deleted = new NamedCaches(config, session, shell).delete(name, model);
      if (json()) {
        shell.out().print(CacheDocument.of(Did.DELETED, deleted, session.spent()));
      } else {
        shell.out().println("Deleted " + name + " of " + deleted.get(0).owner().model() + ".");
      }
    }
  }
}
