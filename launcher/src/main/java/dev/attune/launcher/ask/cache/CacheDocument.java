package dev.attune.launcher.ask.cache;

import dev.attune.launcher.console.JsonDocument;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document of the commands below {@code attune cache} with {@code --json}; see
 * context-caches.schema.json.
 */
public final class CacheDocument {
  private CacheDocument() {}

  /** What a command did. */
  public enum Did {
    CREATED,
    /** The cache existed with the same content. */
    FOUND,
    LISTED,
    DELETED
  }

  private record Document(Did did, List<Entry> caches, BigDecimal costUsd) {}

  private record Entry(
      String name,
      String model,
      String providerModel,
      String resource,
      String contentHash,
      long tokens,
      Instant createdAt,
      Instant expiresAt,
      @Nullable BigDecimal storageUsdAnHour,
      BigDecimal savedUsdARequest) {
    static Entry of(NamedCache each) {
      long tokens = each.cache().tokens();
      return new Entry(
          each.name(),
          each.owner().model(),
          each.owner().identity().model(),
          each.cache().name(),
          each.contentHash(),
          tokens,
          each.cache().createdAt(),
          each.cache().expiresAt(),
          each.owner().caches().storageAnHour(tokens).orElse(null),
          each.owner().caches().savedByARequest(tokens));
    }
  }

  /**
   * Returns the document.
   *
   * @param caches that something was done to
   * @param costUsd what the command cost
   */
  public static String of(Did did, List<NamedCache> caches, BigDecimal costUsd) {
    return JsonDocument.text(new Document(did, caches.stream().map(Entry::of).toList(), costUsd));
  }
}
