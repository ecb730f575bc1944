package dev.attune.models.recording;

import static dev.attune.models.ScriptedAdapter.reply;
import static dev.attune.models.ScriptedAdapter.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.ScriptedAdapter;
import dev.attune.models.ToolDefinition;
import dev.attune.models.Usage;
import dev.attune.place.Place;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class RecordedModelTest {
  @TempDir private Path folder;
  private ReplyFile file;

  @BeforeEach
  void open() throws Exception {
    file = ReplyFile.open(folder.resolve("kept/answers.jsonl"));
  }

  @AfterEach
  void close() throws Exception {
    file.close();
  }

  private RecordedModel recorded(ScriptedAdapter model, boolean fresh) {
    return new RecordedModel(model, file, fresh);
  }

  private void reopen() throws Exception {
    file.close();
    open();
  }

  @Test
  void asksOnceForTheSameRequestAndCandidate() throws Exception {
    ScriptedAdapter model = new ScriptedAdapter((request, call) -> reply("answer " + call));
    RecordedModel recorded = recorded(model, false);

    ModelReply first = recorded.ask(request("q"));
    ModelReply other = recorded.ask(request("q").withCandidate(1));
    reopen();

    RecordedModel again = recorded(model, false);
    assertThat(again.ask(request("q"))).isEqualTo(first);
    assertThat(again.ask(request("q").withCandidate(1))).isEqualTo(other).isNotEqualTo(first);
    assertThat(again.hasKept(request("q"))).isTrue();
    assertThat(again.hasKept(request("q").withCandidate(2))).isFalse();
    assertThat(model.calls()).isEqualTo(2);
    assertThat(again.answeredFromStorage()).isEqualTo(2);
  }

  /** A hash that changes would pay for all kept answers again. */
  @Test
  void aRequestHasTheSameHashInEveryVersion() {
    ModelRequest asked =
        new ModelRequest(
            "Be short.",
            List.of(
                ModelTurn.user("Caf\u00e9?"),
                new ModelTurn(
                    ModelTurn.Role.MODEL,
                    List.of(
                        new ModelTurn.ToolCall("1", "find", json("{\"b\":1.50,\"a\":2}"), "s"))),
                new ModelTurn(
                    ModelTurn.Role.TOOL, List.of(new ModelTurn.ToolResult("1", "find", "no")))),
            List.of(new ToolDefinition("find", "Finds.", json("{\"type\":\"object\"}"))),
            json("{\"type\":\"string\"}"),
            new Sampling(0.7, 100, 7, "low"),
            null,
            3);
    RequestKey key = RequestKey.of(new ModelIdentity("gemini", "g", "p/us", "x"), asked);

    assertThat(key.request())
        .isEqualTo("444bc0c5f6d1bb1b020c983bf7852a0e804d4019be1a12041456f47d33c87efb");
    assertThat(key.hash())
        .isEqualTo("6719100fd5023a36424a8131479ba93b588314158c0f7d5e804b52c0757828af");
    assertThat(key.ordinal()).isEqualTo(3);
  }

  private static JsonNode json(String text) {
    try {
      return CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anotherModelOrAddressHasAnswersOfItsOwnButNotAnotherFamily() throws Exception {
    List<ModelIdentity> others =
        List.of(
            new ModelIdentity("gemini", "a", "p/us", "x"),
            new ModelIdentity("gemini", "a", "p/eu", "x"),
            new ModelIdentity("gemini", "b", "p/us", "x"),
            new ModelIdentity("gemini", "a", "p/us", "another family"));
    List<String> texts = new ArrayList<>();
    for (ModelIdentity identity : others) {
      int number = texts.size();
      texts.add(
          recorded(new ScriptedAdapter(identity, (request, call) -> reply("by " + number)), false)
              .ask(request("q"))
              .text());
    }

    assertThat(texts).containsExactly("by 0", "by 1", "by 2", "by 0");
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryBilledReply(Finish finish) throws Exception {
    ModelReply billed =
        new ModelReply(
            "half", "thought", List.of(), finish, "why", new Usage(1, 2, 3, 4), "v", null);
    ScriptedAdapter model = new ScriptedAdapter((request, call) -> billed);

    recorded(model, false).ask(request("q"));
    reopen();

    assertThat(recorded(model, false).ask(request("q"))).isEqualTo(billed);
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void keepsNoFault() throws Exception {
    ScriptedAdapter model =
        new ScriptedAdapter(
            (request, call) -> {
              if (call == 1) {
                throw new ModelException(Kind.TRANSIENT, "no", null);
              }
              return reply("yes");
            });
    RecordedModel recorded = recorded(model, false);

    assertThatThrownBy(() -> recorded.ask(request("q"))).isInstanceOf(ModelException.class);
    assertThat(recorded.ask(request("q")).text()).isEqualTo("yes");
  }

  @Test
  void freshAsksEachRequestOnceMoreAndReplacesItsAnswer() throws Exception {
    ScriptedAdapter model = new ScriptedAdapter((request, call) -> reply("answer " + call));
    recorded(model, false).ask(request("q"));
    RecordedModel fresh = recorded(model, true);

    assertThat(fresh.ask(request("q")).text()).isEqualTo("answer 2");
    assertThat(fresh.ask(request("q")).text()).isEqualTo("answer 2");
    reopen();

    assertThat(recorded(model, false).ask(request("q")).text()).isEqualTo("answer 2");
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void severalThreadsThatAskTheSameMakeOneCall() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    ScriptedAdapter model =
        new ScriptedAdapter(
            (request, call) -> {
              started.await();
              return reply("one");
            });
    RecordedModel recorded = recorded(model, false);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<ModelReply>> replies = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        replies.add(threads.submit(() -> recorded.ask(request("q"))));
      }
      started.countDown();
      for (Future<ModelReply> reply : replies) {
        assertThat(reply.get().text()).isEqualTo("one");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void streamsAKeptAnswer() throws Exception {
    ScriptedAdapter model = new ScriptedAdapter((request, call) -> reply("whole"));
    StringBuilder heard = new StringBuilder();
    recorded(model, false).stream(request("q"), heard::append);
    recorded(model, false).stream(request("q"), heard::append);

    assertThat(heard).hasToString("begun wholewhole");
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void aTornLastLineIsRemovedAndAnyOtherIsAFault() throws Exception {
    ScriptedAdapter model = new ScriptedAdapter((request, call) -> reply("answer " + call));
    recorded(model, false).ask(request("q"));
    Path path = folder.resolve("kept/answers.jsonl");
    String line = Files.readString(path);
    file.close();
    Files.writeString(path, line + line.substring(0, 40));
    open();
    recorded(model, false).ask(request("other"));
    assertThat(Files.readString(path)).startsWith(line).endsWith("}\n").hasLineCount(2);

    file.close();
    Files.writeString(path, "{}\n" + line);
    assertThatThrownBy(() -> ReplyFile.open(path)).hasMessageContaining("line 1, is no recorded");
    Files.writeString(path, line);
    open();
  }

  @Test
  void replaysWhatWasRecordedAndInventsNothing() throws Exception {
    ScriptedAdapter model = new ScriptedAdapter((request, call) -> reply("answer " + call));
    ModelRequest asked = request("q").withCandidate(1);
    recorded(model, false).ask(asked);
    List<Place> files = List.of(Place.of(folder.resolve("kept/answers.jsonl")));
    ReplayModel replay = ReplayModel.open("replay", null, "scripted", files);

    assertThat(replay.ask(asked).text()).isEqualTo("answer 1");
    assertThat(replay.identity().family()).isEqualTo("scripted");
    assertThatThrownBy(() -> replay.ask(request("q")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("There is no recorded answer 0 of scripted");

    recorded(
            new ScriptedAdapter(
                new ModelIdentity("gemini", "b", "p", "f"), (request, call) -> reply("b")),
            false)
        .ask(asked);
    assertThatThrownBy(() -> ReplayModel.open("replay", null, "f", files))
        .hasMessageContaining("answers of several models (b, scripted)");
    assertThat(ReplayModel.open("replay", "b", "f", files).ask(asked).text()).isEqualTo("b");
  }
}
