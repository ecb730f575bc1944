package dev.attune.models.genai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.models.CachedPrefix;
import dev.attune.models.CachingModel;
import dev.attune.models.ContextCache;
import dev.attune.models.ContextCaches;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.models.recording.RequestKey;
import dev.attune.testing.modelapi.ModelStub;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenAiCachesTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final String FLASH = "gemini-3.8-flash";
  private static final String BOOK = "Ann counted the blocks. ".repeat(900);

  private ModelStub stub;

  @BeforeEach
  void start() throws Exception {
    stub = ModelStub.start();
    stub.caches().clock(InstantSource.fixed(NOON));
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private CachingModel open(String model, @Nullable String key) throws Exception {
    Access access =
        key == null
            ? new Access(stub.geminiUrl(), null, "my-project", "global")
            : new Access(stub.geminiUrl(), "KEY", null, null);
    return (CachingModel)
        new ProviderAdapters()
            .open(
                Configured.model(ModelConfig.Provider.GEMINI, model, access, Configured.LONG),
                key == null ? Map.of() : Map.of("KEY", key));
  }

  private static ModelRequest content(String text) {
    return ModelRequest.of("Answer from the book.", text, Sampling.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void createsListsAndDeletesOnVertexAndByKey(boolean byKey) throws Exception {
    try (CachingModel model = open(FLASH, byKey ? "k" : null)) {
      ContextCaches caches = model.caches().orElseThrow();

      ContextCache made = caches.create("label/1", content(BOOK), Duration.ofMinutes(90));

      assertThat(made.label()).isEqualTo("label/1");
      assertThat(made.tokens()).isEqualTo(5406);
      assertThat(made.createdAt()).isEqualTo(NOON);
      assertThat(made.expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(90)));
      assertThat(caches.list()).containsExactly(made);
      caches.delete(made);
      caches.delete(made);
      assertThat(caches.list()).isEmpty();
    }
    assertThat(stub.caches().calls().get(0))
        .isEqualTo(
            byKey
                ? "POST /v1beta/cachedContents"
                : "POST /v1beta1/projects/my-project/locations/global/cachedContents");
  }

  @Test
  void readsAllPagesAndLeavesOutTheCachesOfOtherModels() throws Exception {
    try (CachingModel flash = open(FLASH, null);
        CachingModel pro = open("gemini-3.1-pro-preview", null)) {
      ContextCaches caches = flash.caches().orElseThrow();
      for (int i = 0; i < 5; i++) {
        caches.create("label/" + i, content(BOOK), Duration.ofHours(1));
      }
      pro.caches().orElseThrow().create("label/x", content(BOOK), Duration.ofHours(1));

      assertThat(caches.list())
          .extracting(ContextCache::label)
          .containsExactly("label/0", "label/1", "label/2", "label/3", "label/4");
      assertThat(pro.caches().orElseThrow().list()).hasSize(1);
    }
  }

  @Test
  void namesTheCacheInARequestAndReadsItsTokens() throws Exception {
    try (CachingModel model = open(FLASH, null)) {
      ContextCache made =
          model.caches().orElseThrow().create("l", content(BOOK), Duration.ofHours(1));

      ModelReply reply =
          model.ask(
              ModelRequest.of(null, "Who counted?", Sampling.DEFAULT)
                  .withCached(new CachedPrefix(made.name(), "h", made.tokens())));

      assertThat(reply.usage().cachedInput()).isEqualTo(made.tokens());
      assertThat(reply.usage().input()).isEqualTo(3);
    }
    assertThat(stub.prompts().get(0).body().path("cachedContent").asText())
        .isEqualTo("projects/my-project/locations/global/cachedContents/4001");
  }

  @Test
  void tellsInTheProvidersWordsThatContentIsTooSmall() throws Exception {
    try (CachingModel model = open(FLASH, null)) {
      ContextCaches caches = model.caches().orElseThrow();

      assertThatThrownBy(() -> caches.create("l", content("Short."), Duration.ofHours(1)))
          .isInstanceOfSatisfying(
              ModelException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.REQUEST))
          .hasMessageContaining("does not cache this content for " + FLASH)
          .hasMessageContaining("total_token_count=8, min_total_token_count=4096");
    }
  }

  @Test
  void doesNotQuoteTheContentInAFault() throws Exception {
    stub.caches().leastTokens(100_000);
    try (CachingModel model = open(FLASH, null)) {
      ContextCaches caches = model.caches().orElseThrow();

      assertThatThrownBy(
              () ->
                  caches.create(
                      "l", content("Cached content is too small is a book."), Duration.ofHours(1)))
          .hasMessageContaining("(HTTP 400); cache other files");
    }
  }

  @Test
  void tellsThatACacheEndedBeforeTheRequestArrived() throws Exception {
    try (CachingModel model = open(FLASH, null)) {
      ModelRequest request =
          ModelRequest.of(null, "Who counted?", Sampling.DEFAULT)
              .withCached(new CachedPrefix("projects/p/cachedContents/9", "h", 10));

      assertThatThrownBy(() -> model.ask(request))
          .isInstanceOfSatisfying(
              ModelException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.REQUEST))
          .hasMessageContaining("cannot answer with this context cache of " + FLASH);
    }
  }

  @Test
  void aTunedEndpointHasNone() throws Exception {
    try (CachingModel model = open("projects/42/locations/us-central1/endpoints/77", null)) {
      assertThat(model.caches()).isEmpty();
    }
  }

  @Test
  void keptAnswersAreFoundByTheContentAndNotByTheProvidersName() throws Exception {
    try (CachingModel model = open(FLASH, null)) {
      ModelRequest request = ModelRequest.of(null, "Who?", Sampling.DEFAULT);
      RequestKey first =
          RequestKey.of(model.identity(), request.withCached(new CachedPrefix("c/1", "a", 10)));

      assertThat(
              RequestKey.of(model.identity(), request.withCached(new CachedPrefix("c/2", "a", 11))))
          .isEqualTo(first);
      assertThat(
              RequestKey.of(model.identity(), request.withCached(new CachedPrefix("c/1", "b", 10))))
          .isNotEqualTo(first);
      assertThat(RequestKey.of(model.identity(), request)).isNotEqualTo(first);
    }
  }
}
