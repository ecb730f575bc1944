package dev.attune.launcher.ask.cache;

import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.session.ModelCaches;
import dev.attune.launcher.session.ModelFailure;
import dev.attune.launcher.session.ModelSession;
import dev.attune.message.Messages;
import dev.attune.models.CachedPrefix;
import dev.attune.models.ContextCache;
import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the context caches of a project. Nothing about them is kept but what the provider has. */
public final class NamedCaches {
  private static final Comparator<NamedCache> OLDEST_FIRST =
      Comparator.<NamedCache, Instant>comparing(each -> each.cache().createdAt())
          .thenComparing(each -> each.cache().name());

  private final AttuneConfig config;
  private final ModelSession session;
  private final Shell shell;

  public NamedCaches(AttuneConfig config, ModelSession session, Shell shell) {
    this.config = config;
    this.session = session;
    this.shell = shell;
  }

  /** Returns whether a text can be the name of a cache. */
  public static boolean isName(String typed) {
    return CacheLabel.NAME.matcher(typed).matches();
  }

  /** Returns the name of the dataset, which all names belong to. */
  String dataset() {
    return config.dataset().dataset();
  }

  /** Returns the caches of a model, the oldest first. */
  List<NamedCache> of(ModelCaches model) throws CommandFailure, InterruptedException {
    List<NamedCache> found = new ArrayList<>();
    try {
      for (ContextCache cache : model.caches().list()) {
        CacheLabel.read(cache.label())
            .filter(label -> label.dataset().equals(dataset()))
            .ifPresent(
                label ->
                    found.add(new NamedCache(model, label.name(), label.contentHash(), cache)));
      }
    } catch (ModelException e) {
      throw ModelFailure.of(e);
    }
    found.sort(OLDEST_FIRST);
    return found;
  }

  /** Returns the caches of a model with a name that have not expired, the oldest first. */
  List<NamedCache> live(ModelCaches model, String name)
      throws CommandFailure, InterruptedException {
    Instant now = shell.clock().instant();
    return of(model).stream()
        .filter(each -> each.name().equals(name) && !each.isExpired(now))
        .toList();
  }

  /**
   * Caches of several models.
   *
   * @param failure why those of a model are not among them; null if all are
   */
  public record Listing(List<NamedCache> caches, @Nullable CommandFailure failure) {
    public Listing {
      caches = List.copyOf(caches);
    }
  }

  /**
   * Returns the caches of one model, or of all models of attune.yaml that have caches.
   *
   * @param model as typed, or null for all
   * @throws CommandFailure if the one model cannot be asked, or none has caches
   */
  public Listing all(@Nullable String model)
      throws CommandFailure, IOException, InterruptedException {
    if (model != null) {
      return new Listing(of(session.caches(model)), null);
    }
    List<NamedCache> found = new ArrayList<>();
    Set<ModelIdentity> seen = new HashSet<>();
    CommandFailure failure = null;
    for (ModelConfig each : config.models().values()) {
      if (hasCaches(each)) {
        try {
          ModelCaches caches = session.caches(each.name());
          if (seen.add(caches.identity())) {
            found.addAll(of(caches));
          }
        } catch (CommandFailure e) {
          failure = failure == null ? e : failure;
        }
      }
    }
    if (seen.isEmpty() && failure == null) {
      throw new CommandFailure(FailureCode.MODEL, Messages.of("launcher.cache.no-model"));
    }
    return new Listing(found, failure);
  }

  private static boolean hasCaches(ModelConfig model) {
    return model.provider() == ModelConfig.Provider.GEMINI
        && !String.valueOf(model.model()).contains("/");
  }

  /**
   * Returns the cache with a name as the beginning of requests to a model.
   *
   * @param model as typed
   * @throws CommandFailure if there is none, or it has expired
   */
  public CachedPrefix prefix(String model, String name)
      throws CommandFailure, IOException, InterruptedException {
    List<NamedCache> all = of(session.caches(model));
    Instant now = shell.clock().instant();
    NamedCache expired = null;
    for (NamedCache each : all) {
      if (each.name().equals(name)) {
        if (!each.isExpired(now)) {
          return each.prefix();
        }
        expired = each;
      }
    }
    String shown = Printable.shortened(name);
    String creation = "attune cache create %s --model %s --file FILE".formatted(shown, model);
    if (expired != null) {
      throw new CommandFailure(
          FailureCode.MODEL,
          Messages.of(
              "launcher.cache.expired", shown, model, expired.cache().expiresAt(), creation));
    }
    throw new CommandFailure(
        FailureCode.MODEL,
        NearestName.of(name, all.stream().map(NamedCache::name).toList())
            .map(near -> Messages.of("launcher.cache.misspelt", shown, model, near))
            .orElseGet(() -> Messages.of("launcher.cache.missing", shown, model, creation)));
  }

  /**
   * Deletes the caches with a name, expired ones included, and returns them.
   *
   * @param model as typed; null if only one model has this name
   * @throws CommandFailure if there is none, or several models have one
   */
  public List<NamedCache> delete(String name, @Nullable String model)
      throws CommandFailure, IOException, InterruptedException {
    Listing all = all(model);
    if (all.failure() != null) {
      throw all.failure();
    }
    List<NamedCache> found =
        all.caches().stream().filter(each -> each.name().equals(name)).toList();
    String shown = Printable.shortened(name);
    if (found.isEmpty()) {
      throw new CommandFailure(
          FailureCode.MODEL, Messages.of("launcher.cache.nothing-to-delete", shown));
    }
    List<String> owners =
        found.stream().map(each -> each.owner().model()).distinct().sorted().toList();
    if (owners.size() > 1) {
      throw new CommandFailure(
          FailureCode.MODEL,
          Messages.of("launcher.cache.several", shown, String.join(", ", owners)));
    }
    try {
      for (NamedCache each : found) {
        each.owner().caches().delete(each.cache());
      }
    } catch (ModelException e) {
      throw ModelFailure.of(e);
    }
    return found;
  }
}
