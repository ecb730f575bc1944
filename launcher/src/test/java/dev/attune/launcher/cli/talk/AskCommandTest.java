package dev.attune.launcher.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.cli.talk.AskedModel.Outcome;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.ModelTurn.Media;
import dev.attune.models.ModelTurn.Text;
import dev.attune.models.Sampling;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskCommandTest {
  private static final String SCHEMA =
      """
      {"type": "object", "properties": {"mood": {"enum": ["glad", "sad"]}}, "required": ["mood"],
       "additionalProperties": false}
      """;

  @TempDir private Path folder;

  private final ScriptedTextModel model = new ScriptedTextModel();

  private Outcome ask(String... args) {
    return pipe("", args);
  }

  private Outcome pipe(String input, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "ask";
    System.arraycopy(args, 0, all, 1, args.length);
    return new AskedModel(folder, model, false).type(input, all);
  }

  private String write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return name;
  }

  @Test
  void printsTheAnswerOnStdoutAndTheCostOnStderr() {
    model.says("Once upon a time.");

    Outcome asked = ask("tale", "Tell me a story.");

    assertThat(asked.exit()).isZero();
    assertThat(asked.out()).isEqualTo("Once upon a time.\n");
    assertThat(asked.err())
        .containsExactly("Spent US$ 0.00: 1 answer from tale (12 input and 5 output tokens).");
    assertThat(model.requests().get(0))
        .isEqualTo(ModelRequest.of(null, "Tell me a story.", new Sampling(0.5, 2048, null, null)));
  }

  @Test
  void readsTheQuestionFromStdin() {
    model.says("Yes.");

    assertThat(pipe("Is it so?\n", "tale", "-").out()).isEqualTo("Yes.\n");
    assertThat(model.requests().get(0).turns()).containsExactly(ModelTurn.user("Is it so?\n"));
  }

  @Test
  void sendsThePersonaWithItsSettings() {
    model.says("glad");

    assertThat(
            ask(
                    "tale",
                    "glad or sad: hooray",
                    "--persona",
                    "strict-classifier",
                    "--thinking",
                    "low")
                .exit())
        .isZero();
    ModelRequest request = model.requests().get(0);
    assertThat(request.system()).startsWith("You assign texts to categories.");
    assertThat(request.sampling()).isEqualTo(new Sampling(0.0, 256, null, "low"));
  }

  @Test
  void listsThePersonasWhereTheNameIsUnknown() {
    Outcome asked = ask("tale", "Hi", "--persona", "?");

    assertThat(asked.exit()).isEqualTo(3);
    assertThat(asked.err())
        .contains("  story-teller: Short stories with dialogue and a clear end.");
    assertThat(asked.last()).startsWith("There is no persona ?: use one of childcare-observer, ");
    assertThat(ask("tale", "Hi", "--persona", "story-teler").last())
        .isEqualTo("There is no persona story-teler; did you mean story-teller?");
  }

  @Test
  void sendsTextsWithTheirNamesAndMediaByTheirContent() throws Exception {
    write("notes.txt", "She counted to ten.");
    Files.write(
        folder.resolve("picture.dat"), "\u0089PNG\r\n..".getBytes(StandardCharsets.ISO_8859_1));
    model.says("Fine.");

    assertThat(ask("tale", "What is it?", "--file", "notes.txt", "--file", "picture.dat").exit())
        .isZero();
    assertThat(model.requests().get(0).turns().get(0).parts())
        .containsExactly(
            new Text("File notes.txt:\nShe counted to ten.\nEnd of notes.txt"),
            new Media("image/png", "iVBORw0KLi4=", null),
            new Text("What is it?"));
  }

  @Test
  void refusesFilesThatNoModelReads() throws Exception {
    Files.write(folder.resolve("program"), new byte[] {127, 'E', 'L', 'F', 0, 1});
    Files.write(folder.resolve("wide"), "\uFEFFHi".getBytes(StandardCharsets.UTF_16LE));
    Files.createFile(folder.resolve("empty"));
    Files.write(folder.resolve("huge"), new byte[5 << 20]);

    assertThat(ask("tale", "?", "--file", "program").last())
        .startsWith("program is neither text in UTF-8 nor an image");
    assertThat(ask("tale", "?", "--file", "wide").last())
        .isEqualTo("wide is UTF-16: save it as UTF-8.");
    assertThat(ask("tale", "?", "--file", "empty").last()).startsWith("empty is empty:");
    assertThat(ask("tale", "?", "--file", "huge").last())
        .isEqualTo("huge is larger than 4 MiB, the limit: send a part of it.");
    assertThat(ask("tale", "?", "--file", "none").last())
        .isEqualTo("There is no file none: correct the path of --file.");
    assertThat(ask("tale", "?", "--file", ".").last()).startsWith(". is a folder:");
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void asksOnceMoreWhereTheAnswerDoesNotFitTheSchema() throws Exception {
    write("mood.json", SCHEMA);
    model.says("{\"mood\": \"angry\"}").says("```json\n{\"mood\": \"sad\"}\n```");

    Outcome asked = ask("tale", "How is she?", "--schema", "mood.json", "--json");

    assertThat(asked.exit()).isZero();
    JsonNode document = CanonicalJson.read(asked.out().getBytes(StandardCharsets.UTF_8));
    assertThat(document.at("/value/mood").asText()).isEqualTo("sad");
    assertThat(SchemaFile.ANSWER.validate(document)).isEmpty();
    assertThat(model.requests().get(1).turns())
        .hasSize(3)
        .last()
        .isEqualTo(
            ModelTurn.user(
                "Your answer does not fit the JSON Schema: /mood must be glad or sad. Answer"
                    + " again, with JSON only."));
  }

  @Test
  void printsJsonWithoutACodeFence() throws Exception {
    write("mood.json", SCHEMA);
    model.says("```json\n{\"mood\": \"sad\"}\n```").says("```\n{\"mood\": \"glad\"}\n```");

    Outcome plain = ask("tale", "How is she?", "--schema", "mood.json");
    Outcome document = ask("tale", "And he?", "--schema", "mood.json", "--json");

    assertThat(plain.exit()).isZero();
    assertThat(plain.out()).isEqualTo("{\"mood\": \"sad\"}\n");
    assertThat(
            CanonicalJson.read(document.out().getBytes(StandardCharsets.UTF_8))
                .path("answer")
                .asText())
        .isEqualTo("{\"mood\": \"glad\"}");
  }

  @Test
  void endsWithThreeWhereTheSecondAnswerDoesNotFitEither() throws Exception {
    write("mood.json", SCHEMA);
    model.says("glad").says("{\"mood\": 1}");

    Outcome asked = ask("tale", "How is she?", "--schema", "mood.json");

    assertThat(asked.exit()).isEqualTo(3);
    assertThat(asked.last()).startsWith("The answer of tale does not fit the JSON Schema, also");
    assertThat(asked.err()).contains("/mood must be glad or sad");
    assertThat(model.requests().get(1).turns().get(2).toString())
        .contains("the answer is not JSON from line 1, column");
  }

  @Test
  void saysWhatIsWrongWithASchema() throws Exception {
    write("bad.json", "{\"type\": \"objekt\"}");
    write("worse.json", "{");
    assertThat(ask("tale", "?", "--schema", "bad.json").last())
        .startsWith("bad.json is no JSON Schema: /type ");
    assertThat(ask("tale", "?", "--schema", "worse.json").last())
        .startsWith("worse.json is no JSON Schema: ");
    assertThat(ask("tale", "?", "--schema", ".").last())
        .isEqualTo(". is a folder: name a file of --schema.");
    assertThat(ask("tale", "?", "--schema", "none.json").last())
        .isEqualTo("There is no file none.json: correct the path of --schema.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BLOCKED | '' | tale blocked the request or its answer (SAFETY): change the question.",
        "REFUSED | I cannot. | tale refused to answer: change the question.",
        "CUT_OFF | Once | The answer of tale is cut off at its limit of tokens: raise"
            + " maxOutputTokens, or ask for a shorter answer.",
        "COMPLETE | '' | tale answered with an empty text: ask again with --fresh, or change the"
            + " question.",
      })
  void endsWithThreeWhereTheAnswerIsNotComplete(Finish finish, String text, String sentence) {
    model.ends(text, finish);

    Outcome asked = ask("tale", "?");

    assertThat(asked.exit()).isEqualTo(3);
    assertThat(asked.last()).isEqualTo(sentence);
    assertThat(asked.out()).isEqualTo(text.isEmpty() ? "" : text + "\n");
  }

  @ParameterizedTest
  @CsvSource({"REQUEST,3", "MODEL,3", "TRANSIENT,1", "SPENDING,3"})
  void passesTheSentenceOfAModelOn(Kind kind, int exit) {
    model.fails(kind, "The key in KEY is refused: correct it.");

    Outcome asked = ask("tale", "?");

    assertThat(asked.exit()).isEqualTo(exit);
    assertThat(asked.last()).isEqualTo("The key in KEY is refused: correct it.");
    assertThat(asked.out()).isEmpty();
  }

  @Test
  void saysThatAFallbackAnswered() {
    model.says("Hi.");

    Outcome asked = ask("best", "?");

    assertThat(asked.out()).isEqualTo("Hi.\n");
    assertThat(asked.err().get(0)).startsWith("Using the fallback model: ").contains("tales");
  }

  @Test
  void streamsAnAnswerThatIsBrokenOff() {
    model.breaksAfter("Once ", "Once upon").breaksAfter("Once ", "A time");

    assertThat(ask("tale", "?", "--stream").out()).isEqualTo("Once upon\n");
    Outcome other = ask("tale", "And?", "--stream");
    assertThat(other.out()).isEqualTo("Once \nA time\n");
    assertThat(other.err()).contains("(the connection broke; the answer starts over)");
  }

  @Test
  void keepsControlCharactersAwayFromTheTerminal() {
    model.says("\u001b]0;owned\u0007ok");

    assertThat(ask("tale", "?").out()).isEqualTo("\uFFFD]0;owned\uFFFDok\n");
  }

  @Test
  void showsThoughtsOnRequestOnly() {
    model.says("Yes.").says("Yes.");

    assertThat(ask("tale", "?").err()).doesNotContain("Hm.");
    assertThat(ask("tale", "?", "--thoughts").err()).contains("Hm.");
  }

  @Test
  void addsTheErrorToTheDocument() throws Exception {
    model.ends("Once", Finish.CUT_OFF);

    JsonNode document =
        CanonicalJson.read(ask("tale", "?", "--json").out().getBytes(StandardCharsets.UTF_8));

    assertThat(document.at("/answer").asText()).isEqualTo("Once");
    assertThat(document.at("/error/code").asText()).isEqualTo("ANSWER");
    assertThat(SchemaFile.ANSWER.validate(document)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tale | nothing to ask",
        "tale '' | the question is empty",
        "tale - | the question is empty",
        "tale x --cache C | the name of a cache is 1 to 32 characters",
        "tale x --thinking much | --thinking must be off, low, high or a number of tokens and is",
        "tale x --stream --json | --stream cannot be used with --schema or --json",
        "tale x --persona p --system s | --system and --persona cannot be used together",
        "tale x --allow-tools | --allow-tools needs --tools",
        "tale x --tools t.yaml | --tools needs a terminal on which each call can be allowed",
        "tale x --tool-rounds 3 | --tool-rounds needs --tools",
        "tale x --max-cost abc | expected an amount in US dollars, such as 2.50, but was 'abc'",
        "tale x --max-cost 1e999999999 | expected an amount in US dollars",
        "tale x --max-cost -1 | --max-cost must be 0 or more and is -1",
      })
  void endsWithTwoWhereTheOptionsAreWrong(String typed, String sentence) {
    String[] args =
        List.of(typed.split(" ", -1)).stream()
            .map(arg -> arg.equals("''") ? "" : arg)
            .toArray(String[]::new);

    Outcome asked = ask(args);

    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.last()).contains(sentence);
  }

  @Test
  void saysWhereAModelIsNamedWhenThereIsNone() throws Exception {
    AskedModel asked = new AskedModel(folder, model, false);
    Path yaml = folder.resolve("attune.yaml");
    Files.writeString(yaml, Files.readString(yaml).replaceAll("(?s)models:.*ledger:", "ledger:"));

    Outcome typed = asked.type("", "ask", "tale", "?");

    assertThat(typed.exit()).isEqualTo(3);
    assertThat(typed.last())
        .isEqualTo(
            "There is no model tale: name one under models in attune.yaml, or create one with"
                + " attune tune.");
  }

  @Test
  void saysThatThereIsNoSuchModel() {
    assertThat(ask("tail", "?").exit()).isEqualTo(3);
    assertThat(ask("tail", "?").last()).contains("tail");
  }
}
