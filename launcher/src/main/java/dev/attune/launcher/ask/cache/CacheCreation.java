package dev.attune.launcher.ask.cache;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.session.ModelCaches;
import dev.attune.launcher.session.ModelFailure;
import dev.attune.launcher.session.ModelSession;
import dev.attune.message.Messages;
import dev.attune.models.ContextCache;
import dev.attune.models.ModelException;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.recording.RequestKey;
import dev.attune.models.spending.CacheCost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a context cache, or finds the one that has the name and the same content: the same
 * command again pays nothing, also after it was interrupted.
 */
public final class CacheCreation {
  private static final int HASH = 32;

  private final NamedCaches named;
  private final ModelSession session;
  private final Shell shell;

  public CacheCreation(NamedCaches named, ModelSession session, Shell shell) {
    this.named = named;
    this.session = session;
    this.shell = shell;
  }

  /**
   * A wanted cache.
   *
   * @param model as typed
   * @param system the system instruction, or null
   * @param parts texts and files, in order; at least one
   * @param lifetime after which the provider deletes it
   */
  public record Wanted(
      String name,
      String model,
      @Nullable String system,
      List<ModelTurn.Part> parts,
      Duration lifetime) {
    public Wanted {
      parts = List.copyOf(parts);
    }

    private ModelRequest content() {
      return new ModelRequest(
          system,
          List.of(new ModelTurn(ModelTurn.Role.USER, parts)),
          List.of(),
          null,
          Sampling.DEFAULT,
          null,
          0);
    }
  }

  /**
   * What came of it.
   *
   * @param cost of the cache, if this command created it; else null
   */
  public record Outcome(NamedCache cache, @Nullable CacheCost cost) {}

  /**
   * Returns the cache.
   *
   * @throws CommandFailure if the name has other content, the cost is not agreed to, or the
   *     provider refuses
   */
  public Outcome create(Wanted wanted) throws CommandFailure, IOException, InterruptedException {
    ModelCaches model = session.caches(wanted.model());
    ModelRequest content = wanted.content();
    String hash = RequestKey.of(model.identity(), content).request().substring(0, HASH);
    List<NamedCache> existing = named.live(model, wanted.name());
    if (!existing.isEmpty()) {
      return new Outcome(same(existing.get(0), hash), null);
    }
    try {
      CacheCost cost = model.caches().cost(content, wanted.lifetime());
      CacheText.estimate(wanted, cost).forEach(shell.err()::println);
      session.agree(cost.total());
      String label = new CacheLabel(named.dataset(), wanted.name(), hash).text();
      ContextCache created = model.caches().create(label, content, wanted.lifetime());
      NamedCache oldest = oldest(model, wanted.name(), created);
      return oldest == null
          ? new Outcome(
              new NamedCache(model, wanted.name(), hash, created),
              model.caches().cost(created.tokens(), wanted.lifetime()))
          : new Outcome(same(oldest, hash), null);
    } catch (ModelException e) {
      throw ModelFailure.of(e);
    }
  }

  private static NamedCache same(NamedCache existing, String hash) throws CommandFailure {
    if (!existing.contentHash().equals(hash)) {
      throw new CommandFailure(
          FailureCode.MODEL,
          Messages.of(
              "launcher.cache.other-content",
              existing.name(),
              existing.owner().model(),
              "attune cache delete " + existing.name()));
    }
    return existing;
  }

  /**
   * Returns the cache that another command created with this name at the same time, if it is the
   * older one, and deletes the one that was created here: all commands decide for the same one.
   */
  private @Nullable NamedCache oldest(ModelCaches model, String name, ContextCache created)
      throws CommandFailure, InterruptedException, ModelException {
    List<NamedCache> all = named.live(model, name);
    if (all.isEmpty() || all.get(0).cache().name().equals(created.name())) {
      return null;
    }
    model.caches().delete(created);
    shell.err().println(Messages.of("launcher.cache.twice", name, Dollars.shown(session.spent())));
    return all.get(0);
  }
}
