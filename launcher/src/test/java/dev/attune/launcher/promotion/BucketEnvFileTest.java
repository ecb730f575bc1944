package dev.attune.launcher.promotion;

import static dev.attune.launcher.promotion.Workplace.good;
import static dev.attune.launcher.promotion.Workplace.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.place.Place;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.ServedBucket;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import dev.attune.testing.gcs.StubCall.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BucketEnvFileTest {
  private static final String NAME = "app/.env";
  private static final String PLACE = "gs://team-files/" + NAME;

  /** Has a byte that is not UTF-8. Its line ends are those of a line that is added. */
  private static final String REST = "# caf\u00e9\r\nexport SECRET='s'\r\n";

  @TempDir private Path folder;

  @AutoClose
  private final ServedBucket served =
      ServedBucket.start("team-files", StorageClient.ENDPOINT, StorageClient::configure);

  private final StorageStub stub = served.stub();
  private final StubBucket bucket = served.bucket();

  private EnvFile env(String place) throws IOException {
    return EnvFile.at(Place.of(place, Place.of(folder)), new TestShell(folder).shell());
  }

  private EnvFile env() throws IOException {
    return env(PLACE);
  }

  private void put(String content) throws IOException {
    bucket.put(NAME, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void assertContent(String expected) throws IOException {
    assertThat(new String(bucket.read(NAME), StandardCharsets.ISO_8859_1)).isEqualTo(expected);
  }

  private void assertRefused(String place, String sentence) {
    assertThatThrownBy(() -> env(place).requireWritable())
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(sentence);
    assertThatThrownBy(() -> env(place).set("local:a-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void createsTheObjectAndReadsIt() throws Exception {
    env().requireWritable();
    assertThat(env().modelId()).isEmpty();
    assertThat(bucket.names("")).isEmpty();

    assertThat(env().set("local:a-1")).isTrue();
    assertContent("FINETUNED_MODEL_ID=local:a-1\n");
    assertThat(env().modelId()).contains("local:a-1");
    assertThat(env().shown()).isEqualTo(PLACE);
  }

  @Test
  void keepsAllOtherBytesAndTheDescriptionOfTheObject() throws Exception {
    bucket.put(
        NAME,
        (REST + "FINETUNED_MODEL_ID=old # this one").getBytes(StandardCharsets.ISO_8859_1),
        Map.of("owner", "team"));
    assertThat(env().set("local:a-1")).isTrue();

    assertContent(REST + "FINETUNED_MODEL_ID=local:a-1");
    assertThat(bucket.metadata(NAME)).isEqualTo(Map.of("owner", "team"));
    assertThat(contentType()).isEqualTo("text/plain");
  }

  private String contentType() throws IOException {
    URI object = URI.create(stub.url() + "/storage/v1/b/team-files/o/app%2F.env");
    return new ObjectMapper().readTree(object.toURL()).path("contentType").asText();
  }

  @Test
  void doesNotTouchAnObjectThatSaysSoAlready() throws Exception {
    put("FINETUNED_MODEL_ID='local:a-1'");
    long generation = bucket.generation(NAME);

    assertThat(env().set("local:a-1")).isFalse();
    assertThat(bucket.generation(NAME)).isEqualTo(generation);
  }

  @Test
  void readsAgainIfAnotherProgramWritesBetweenReadAndWrite() throws Exception {
    put(REST);
    stub.faults().on(Kind.INSERT).nth(1, 3).before(call -> put(REST + "B=" + call.number() + "\n"));
    assertThat(env().set("local:a-1")).isTrue();

    assertThat(new String(bucket.read(NAME), StandardCharsets.ISO_8859_1))
        .matches("(?s)\\Q" + REST + "\\EB=\\d+\nFINETUNED_MODEL_ID=local:a-1\r\n");
    assertThat(stub.count(Kind.INSERT)).isEqualTo(4);
  }

  @Test
  void readsAgainIfTheObjectIsReplacedOrRemovedWhileItIsRead() throws Exception {
    put(REST);
    stub.faults().on(Kind.DOWNLOAD).nth(1).before(call -> put("A=1\n"));
    stub.faults().on(Kind.DOWNLOAD).nth(2).before(call -> bucket.delete(NAME));

    assertThat(env().set("local:a-1")).isTrue();
    assertContent("FINETUNED_MODEL_ID=local:a-1\n");
  }

  @Test
  void createsNothingOverAnObjectThatAppearedMeanwhile() throws Exception {
    stub.faults().on(Kind.INSERT).nth(1).before(call -> put(REST));
    assertThat(env().set("local:a-1")).isTrue();
    assertContent(REST + "FINETUNED_MODEL_ID=local:a-1\r\n");
  }

  @Test
  void givesUpWhereAnotherProgramAlwaysWritesFirst() throws Exception {
    stub.faults().on(Kind.INSERT).before(call -> put("B=" + call.number() + "\n"));
    assertThatThrownBy(() -> env().set("local:a-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "Other programs changed "
                + PLACE
                + " at each of 10 attempts, so it was not changed: stop them and run the command"
                + " again.");
    assertThat(stub.count(Kind.INSERT)).isEqualTo(10);
  }

  @Test
  void recognisesItsOwnWriteIfTheReplyIsLost() throws Exception {
    put(REST);
    stub.faults().on(Kind.INSERT).nth(1).loseReply();
    assertThat(env().set("local:a-1")).isTrue();
    assertContent(REST + "FINETUNED_MODEL_ID=local:a-1\r\n");

    stub.faults().clear();
    stub.faults().on(Kind.INSERT).nth(1).replyInstead(503);
    assertThat(env().set("local:b-1")).isTrue();
    assertContent(REST + "FINETUNED_MODEL_ID=local:b-1\r\n");
  }

  @Test
  void repeatsCallsThatFailForAMoment() throws Exception {
    put(REST);
    stub.faults().on(Kind.GET_OBJECT, Kind.DOWNLOAD, Kind.INSERT).nth(1).fail(503);
    stub.faults().on(Kind.INSERT).nth(1, 2).fail(429);
    assertThat(env().set("local:a-1")).isTrue();
    assertContent(REST + "FINETUNED_MODEL_ID=local:a-1\r\n");
  }

  @Test
  void refusesWhatItCannotReadAndSaysWhy() throws Exception {
    assertRefused(
        "gs://team-other/.env", "The bucket team-other of gs://team-other/.env does not exist (");
    assertRefused("gs://team-files", "gs://team-files is not an env file");
    bucket.put(NAME, new byte[] {'A', 0, '=', 0});
    assertRefused(PLACE, PLACE + " is not an env file");
    bucket.put(NAME, new byte[(1 << 20) + 1]);
    assertRefused(PLACE, PLACE + " is not an env file");
    put(REST);
    bucket.deny("storage.objects.get");
    assertRefused(PLACE, "Cloud Storage denies this account to read or write " + PLACE + " (");
  }

  @Test
  void saysWhatItMayNotWriteAndChangesNothing() throws Exception {
    put(REST);
    bucket.deny("storage.objects.delete");
    env().requireWritable();
    assertThatThrownBy(() -> env().set("local:a-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("Cloud Storage denies this account to read or write " + PLACE)
        .hasMessageEndingWith("(roles/storage.objectUser) on the bucket team-files.");
    bucket.allow().retention(Duration.ofDays(1));
    assertThatThrownBy(() -> env().set("local:a-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("The bucket team-files of " + PLACE + " keeps objects for a time");
    assertContent(REST);
  }

  private Workplace workplace() throws IOException {
    Workplace workplace = new Workplace(folder, LedgerKind.H2);
    workplace.configure("promotion: {envFile: \"" + PLACE + "\"}\n");
    put(REST);
    return workplace;
  }

  @Test
  void promotesRollsBackAndListsModels() throws Exception {
    Workplace workplace = workplace();
    try (Ledger ledger = workplace.ledger()) {
      String first = workplace.promoted(ledger, 1);
      String second = workplace.promoted(ledger, 2);
      assertContent(REST + "FINETUNED_MODEL_ID=local:" + second + "\r\n");

      PromotionResult back = workplace.promotion(ledger).rollback();
      assertThat(back.envFile().file()).isEqualTo(PLACE);
      assertThat(back.envFile().changed()).isTrue();
      assertContent(REST + "FINETUNED_MODEL_ID=local:" + first + "\r\n");

      put(REST + "FINETUNED_MODEL_ID=another\r\n");
      ModelList list = ModelList.of(ledger, workplace.config(), workplace.shell());
      assertThat(list.envFile().file()).isEqualTo(PLACE);
      assertThat(list.envFile().modelId()).isEqualTo("another");
      assertThat(list.isEnvFileBehind()).isTrue();
      assertThat(workplace.promotion(ledger).promote("champion", null).envFile().changed())
          .isTrue();
      assertContent(REST + "FINETUNED_MODEL_ID=local:" + first + "\r\n");
    }
  }

  @Test
  void entersNothingWhereTheObjectCannotBeRead() throws Exception {
    Workplace workplace = workplace();
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 1);
      good(ledger, model, null);
      bucket.deny("storage.objects.get");
      assertThatThrownBy(() -> workplace.promotion(ledger).promote(model, null))
          .hasMessageStartingWith("Cloud Storage denies this account to read or write " + PLACE);
      assertThat(ledger.promotions().of(Workplace.DATASET)).isEmpty();
    }
  }

  @Test
  void saysThatTheLedgerIsAheadWhereTheObjectMayNotBeWritten() throws Exception {
    Workplace workplace = workplace();
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 1);
      good(ledger, model, null);
      bucket.deny("storage.objects.create");
      assertThatThrownBy(() -> workplace.promotion(ledger).promote(model, null))
          .hasMessage(
              model
                  + " is the champion in the ledger, but "
                  + PLACE
                  + " does not name it yet: correct the fault above and run attune promote "
                  + model
                  + ".");
      bucket.allow();
      workplace.promotion(ledger).promote(model, null);
      assertContent(REST + "FINETUNED_MODEL_ID=local:" + model + "\r\n");
    }
  }

  @Test
  void endsWithLedgerAndObjectAtOneWhoeverPromotesAtOnce() throws Exception {
    Workplace workplace = workplace();
    try (Ledger one = workplace.ledger();
        Ledger other = workplace.ledger()) {
      List<String> models = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        models.add(local(one, i + 1));
      }
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Callable<Integer>> work =
            List.of(
                () -> promoteAll(workplace, one, models.subList(0, 3)),
                () -> promoteAll(workplace, other, models.subList(3, 6)));
        for (Future<Integer> done : threads.invokeAll(work, 50, TimeUnit.SECONDS)) {
          assertThat(done.get()).isEqualTo(3);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(one.promotions().of(Workplace.DATASET))
          .extracting(Entry::position)
          .containsExactly(1, 2, 3, 4, 5, 6);
      String champion = one.promotions().champion(Workplace.DATASET).orElseThrow();
      assertContent(REST + "FINETUNED_MODEL_ID=local:" + champion + "\r\n");
    }
  }

  private static int promoteAll(Workplace workplace, Ledger ledger, List<String> models)
      throws CommandFailure {
    for (String model : models) {
      workplace.promotion(ledger).promote(model, "at once");
    }
    return models.size();
  }
}
