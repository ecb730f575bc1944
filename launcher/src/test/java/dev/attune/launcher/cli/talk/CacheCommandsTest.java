package dev.attune.launcher.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.cli.talk.AskedModel.Outcome;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import dev.attune.testing.modelapi.ModelStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheCommandsTest {
  private static final String YAML =
      """
      dataset: %s
      task: conversation
      sources:
        generated: {files: [samples.jsonl]}
      models:
        writer: {provider: gemini, model: gemini-3.8-flash, project: p, location: global, baseUrl: "%2$s", price: {input: 1, cachedInput: 0.1, output: 4, cacheHour: 0.5}}
        twin: {provider: gemini, model: gemini-3.8-flash, project: p, location: global, baseUrl: "%2$s", temperature: 0, price: {input: 1, output: 4}}
        pro: {provider: gemini, model: gemini-3.1-pro-preview, project: p, location: global, baseUrl: "%2$s", price: {input: 2, output: 9}}
        lite: {provider: gemini, model: gemini-3.5-flash-lite, project: p, location: global, baseUrl: "%2$s", price: {input: 1, output: 4, cacheHour: 1}}
        local: {provider: openai, model: any, baseUrl: "%2$s/v1"}
        tuned: {provider: champion, fallback: writer}
      ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
      """;

  @TempDir private Path folder;

  private ModelStub stub;

  @BeforeEach
  void start() throws Exception {
    stub = ModelStub.start();
    stub.caches().clock(InstantSource.fixed(Instant.EPOCH));
    Files.writeString(folder.resolve("book.txt"), "Ann counted the blocks. ".repeat(900));
    Files.writeString(folder.resolve("other.txt"), "Ben stacked the blocks. ".repeat(900));
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private Outcome type(String... args) {
    return type(folder, "tales", args);
  }

  private Outcome type(Path project, String dataset, String... args) {
    return new AskedModel(
            project, YAML.formatted(dataset, stub.geminiUrl()), new ProviderAdapters(), false)
        .type("", args);
  }

  private Outcome create(String name, String... more) {
    String[] args = new String[more.length + 5];
    List.of("cache", "create", name, "--model", "writer").toArray(args);
    System.arraycopy(more, 0, args, 5, more.length);
    return type(args);
  }

  private Outcome create(String name) {
    return create(name, "--file", "book.txt", "--system", "Be brief.", "--max-cost", "1");
  }

  private long creations() {
    return stub.caches().calls().stream().filter(call -> call.startsWith("POST")).count();
  }

  private static JsonNode json(String document) throws IOException {
    JsonNode read = CanonicalJson.read(document.getBytes(StandardCharsets.UTF_8));
    assertThat(SchemaFile.CONTEXT_CACHES.validate(read)).isEmpty();
    return read;
  }

  @Test
  void saysWhatTheCacheCostsAndSavesAndPutsTheFilesAndTheInstructionIntoIt() {
    Outcome created = create("book");

    assertThat(created.exit()).isZero();
    assertThat(created.out())
        .isEqualTo("Created book: 5,411 tokens, expires at 1970-01-01T01:00:00Z.\n");
    assertThat(created.err())
        .containsExactly(
            "book for writer: up to 6,237 tokens.",
            "Creating it costs at most US$ 0.0063, storing it US$ 0.0031 an hour: together US$"
                + " 0.0094 until it expires after 1h.",
            "A request with it costs US$ 0.0057 less than one with the files: it pays off from 2"
                + " requests on.",
            "Spent US$ 0.0082: US$ 0.0055 for creating it and US$ 0.0027 for storing it until it"
                + " expires.");
    assertThat(stub.caches().all()).hasSize(1);
    assertThat(stub.caches().all().get(0).path("displayName").asText())
        .matches("attune/tales/book/[0-9a-f]{32}");
  }

  @Test
  void countsTheWholeLifetime() {
    assertThat(create("book", "--file", "book.txt", "--ttl", "2d", "--yes").err().get(1))
        .endsWith("an hour: together US$ 0.1559 until it expires after 2d.");
    assertThat(stub.caches().all().get(0).path("expireTime").asText())
        .isEqualTo("1970-01-03T00:00:00Z");
  }

  @Test
  void theSameCommandAgainFindsTheCacheAndPaysNothing() throws Exception {
    create("book");

    Outcome again =
        create("book", "--file", "book.txt", "--system", "Be brief.", "--ttl", "5h", "--json");

    JsonNode document = json(again.out());
    assertThat(again.exit()).isZero();
    assertThat(document.path("did").asText()).isEqualTo("FOUND");
    assertThat(document.path("costUsd").asInt()).isZero();
    assertThat(document.path("caches").path(0).path("tokens").asInt()).isEqualTo(5411);
    assertThat(creations()).isEqualTo(1);
    assertThat(create("book").out())
        .isEqualTo(
            "book exists already with this content: 5,411 tokens, expires at 1970-01-01T01:00:00Z."
                + " Nothing was created.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--file other.txt", "--file book.txt --system Otherwise"})
  void refusesANameThatHasOtherContent(String more) {
    create("book");

    Outcome other = create("book", (more + " --yes").split(" ", -1));

    assertThat(other.exit()).isEqualTo(3);
    assertThat(other.last())
        .isEqualTo(
            "There is a context cache book of writer with other content: choose another name, or"
                + " delete it first with attune cache delete book");
    assertThat(creations()).isEqualTo(1);
  }

  @Test
  void createsNothingWithoutConsentOrAboveTheCap() {
    Outcome noConsent = create("book", "--file", "book.txt");
    Outcome aboveCap = create("book", "--file", "book.txt", "--max-cost", "0.009");

    assertThat(noConsent.exit()).isEqualTo(3);
    assertThat(noConsent.last()).startsWith("This may cost up to US$ 0.0094, and nobody");
    assertThat(aboveCap.exit()).isEqualTo(3);
    assertThat(aboveCap.last()).contains("the budget of US$ 0.009");
    assertThat(creations()).isZero();
  }

  @Test
  void createsNothingWhereThePriceOfStorageIsNotKnown() {
    Outcome refused =
        type("cache", "create", "book", "--model", "pro", "--file", "book.txt", "--yes");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.last())
        .startsWith(
            "The price of storing a context cache of gemini-3.1-pro-preview is not known: give");
    assertThat(creations()).isZero();
  }

  @Test
  void asksWithTheCacheAndPaysThePriceOfCachedTokens() throws Exception {
    create("book");

    Outcome asked = type("ask", "writer", "Who counted?", "--cache", "book", "--max-cost", "1");

    assertThat(asked.exit()).isZero();
    assertThat(stub.prompts().get(0).body().path("cachedContent").asText())
        .isEqualTo(stub.caches().all().get(0).path("name").asText());
    assertThat(stub.prompts().get(0).body().has("systemInstruction")).isFalse();
    // 3 tokens at 1, 5,411 at 0.1, 8 at 4 US dollars a million; the whole input is the estimate.
    assertThat(asked.err())
        .containsExactly(
            "writer: 1 request, up to 5,430 input and 2,048 output tokens, at most US$ 0.0088.",
            "Spent US$ 0.0006: 1 answer from writer (5,414 input (5,411 of them cached) and 8"
                + " output tokens).");
  }

  @Test
  void aKeptAnswerIsFoundAfterTheCacheWasMadeAnewWithTheSameContentOnly() {
    create("book");
    String[] ask = {"ask", "writer", "Who?", "--cache", "book", "--max-cost", "1"};
    String first = type(ask).out();
    type("cache", "delete", "book", "--model", "writer");
    create("book");

    assertThat(type(ask).out()).isEqualTo(first);
    assertThat(stub.count()).isEqualTo(1);

    type("cache", "delete", "book", "--model", "writer");
    create("book", "--file", "other.txt", "--system", "Be brief.", "--yes");
    assertThat(type(ask).exit()).isZero();
    assertThat(stub.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"--system,Be kind.", "--persona,story-teller", "--tools,tools.yaml"})
  void refusesWhatBelongsIntoTheCache(String option, String value) {
    Outcome asked =
        type("ask", "writer", "Who?", "--cache", "book", option, value, "--max-cost", "1");

    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.last())
        .contains(option + " cannot be used with --cache, which has the system instruction");
  }

  @Test
  void tellsHowToCreateACacheThatHasExpired() {
    // The shell's clock begins at 1970.
    stub.caches().clock(InstantSource.fixed(Instant.EPOCH.minus(Duration.ofHours(1))));
    create("book");

    Outcome asked = type("ask", "writer", "Who?", "--cache", "book");

    assertThat(asked.exit()).isEqualTo(3);
    assertThat(asked.last())
        .isEqualTo(
            "The context cache book of writer expired at 1970-01-01T00:00:00Z. Create it anew"
                + " with: attune cache create book --model writer --file FILE");
    assertThat(type("cache", "list").out()).contains("book  writer  5,411   expired");
    stub.caches().clock(InstantSource.fixed(Instant.EPOCH));
    assertThat(type("ask", "writer", "Who?", "--cache", "book").last())
        .startsWith("There is no context cache book of writer: it has expired, was deleted,");
    assertThat(create("book").out()).startsWith("Created book");
  }

  @Test
  void listsTheCachesOfThisProjectOnceEach() throws Exception {
    create("book");
    create("more", "--file", "other.txt", "--yes");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.copy(folder.resolve("book.txt"), elsewhere.resolve("book.txt"));

    assertThat(type("cache", "list").out().lines())
        .containsExactly(
            "name  model   tokens  expires               an hour     a request saves",
            "book  writer  5,411   1970-01-01T01:00:00Z  US$ 0.0028  US$ 0.0049",
            "more  writer  5,409   1970-01-01T01:00:00Z  US$ 0.0028  US$ 0.0049");
    assertThat(type("cache", "list", "--model", "pro").err())
        .containsExactly("There are no context caches of tales.");
    assertThat(json(type("cache", "list", "--json").out()).path("caches")).hasSize(2);
    assertThat(json(type(elsewhere, "songs", "cache", "list", "--json").out()).path("caches"))
        .isEmpty();
    assertThat(type(elsewhere, "songs", "ask", "writer", "Who?", "--cache", "book", "--yes").last())
        .startsWith("There is no context cache book of writer");
  }

  @Test
  void aModelThatCannotBeAskedHidesNoCacheOfTheOthers() {
    create("book");
    String yaml =
        YAML.formatted("tales", stub.geminiUrl())
            .replace(
                "models:", "models:\n  keyed: {provider: gemini, model: m, apiKeyEnv: NO_KEY}");

    Outcome listed =
        new AskedModel(
                folder,
                yaml.replace("  keyed: {", "  keyed: {price: {input: 1, output: 1}, "),
                new ProviderAdapters(),
                false)
            .type("", "cache", "list");

    assertThat(listed.exit()).isEqualTo(3);
    assertThat(listed.out()).contains("book  writer");
    assertThat(listed.last()).startsWith("The environment variable NO_KEY, which models.keyed");
  }

  @Test
  void deletesACache() throws Exception {
    create("book");

    JsonNode document = json(type("cache", "delete", "book", "--json").out());

    assertThat(document.path("did").asText()).isEqualTo("DELETED");
    assertThat(stub.caches().all()).isEmpty();
    Outcome again = type("cache", "delete", "book");
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.last()).startsWith("There is no context cache book: attune cache list");
  }

  @Test
  void asksForTheModelWhereSeveralHaveACacheOfThisName() {
    create("book");
    type("cache", "create", "book", "--model", "lite", "--file", "book.txt", "--yes");

    Outcome unclear = type("cache", "delete", "book");

    assertThat(unclear.exit()).isEqualTo(3);
    assertThat(unclear.last())
        .isEqualTo(
            "There are context caches book of several models: add --model with one of lite,"
                + " writer.");
    assertThat(type("cache", "delete", "book", "--model", "lite").out())
        .isEqualTo("Deleted book of lite.\n");
    assertThat(stub.caches().all()).hasSize(1);
  }

  @Test
  void twoCommandsAtOnceLeaveOneCache() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.copy(folder.resolve("book.txt"), elsewhere.resolve("book.txt"));
    CyclicBarrier both = new CyclicBarrier(2);
    stub.caches()
        .beforeCreation(
            () -> {
              try {
                both.await();
              } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
              }
            });
    String[] args = {"cache", "create", "book", "--model", "writer", "--file", "book.txt", "--yes"};

    CompletableFuture<Outcome> other =
        CompletableFuture.supplyAsync(() -> type(elsewhere, "tales", args));
    Outcome here = type(args);

    List<Outcome> outcomes = List.of(here, other.get());
    assertThat(outcomes).allSatisfy(each -> assertThat(each.exit()).isZero());
    assertThat(creations()).isEqualTo(2);
    assertThat(stub.caches().all()).hasSize(1);
  }

  @Test
  void saysInTheProvidersWordsThatAFileIsTooSmall() throws Exception {
    Files.writeString(folder.resolve("small.txt"), "Short.");

    Outcome refused = create("small", "--file", "small.txt", "--yes");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.last()).contains("Cached content is too small. total_token_count=10, min");
  }

  @Test
  void endsWithOneWhereTheServiceIsDown() {
    stub.caches().refuse(503);

    Outcome refused = create("book");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.last()).contains("fails with HTTP 503");
    assertThat(creations()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tuned"})
  void refusesModelsWithoutCaches(String model) {
    assertThat(
            type("cache", "create", "book", "--model", model, "--file", "book.txt", "--yes").last())
        .startsWith(model + " has no context caches: give a model of attune.yaml with provider");
    assertThat(type("ask", model, "Who?", "--cache", "book").exit()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Book", "", "-x", "a b", "a/b", "abcdefghijklmnopqrstuvwxyz0123456"})
  void refusesOtherNames(String name) {
    Outcome refused =
        type("cache", "create", "--model", "writer", "--file", "book.txt", "--", name);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.last()).contains("the name of a cache is 1 to 32 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "59s", "0h", "-1h", "366d", "1w", "1.5h", "99999999d", "1H", ""})
  void refusesOtherLifetimes(String lifetime) {
    Outcome refused = create("book", "--file", "book.txt", "--ttl=" + lifetime, "--yes");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.last()).contains("expected a whole number of s, m, h or d, from 60s to");
    assertThat(creations()).isZero();
  }
}
