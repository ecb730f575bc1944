package dev.attune.launcher.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.launcher.cli.talk.AskedModel.Outcome;
import dev.attune.models.ModelTurn;
import dev.attune.models.ModelTurn.ToolCall;
import dev.attune.models.ModelTurn.ToolResult;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskWithToolsTest {
  private static final String TOOLS =
      """
      tools:
        - name: echo
          description: Prints a text.
          arguments:
            type: object
            properties: {text: {type: string}, times: {type: integer}}
            required: [text]
            additionalProperties: false
          argv: [printf, "%s|", "{text}", "times={times}"]
        - name: fails
          description: Fails.
          argv: [sh, -c, "echo broken >&2; exit 3"]
        - name: hangs
          description: Hangs, with a child that holds the output.
          argv: [sh, -c, "echo $$ > pid; sleep 600 & echo $! >> pid; wait"]
          deadline: 1s
        - name: shows
          description: Shows environment variables.
          argv: [sh, -c, 'echo "$SECRET_KEY"; pwd']
        - name: missing
          description: Does not exist.
          argv: [./no-such-program]
        - name: plain
          description: Is no program.
          argv: [./tools.yaml]
        - name: unknown
          description: Is in no folder of PATH.
          argv: [no-such-program-of-attune]
      """;

  @TempDir private Path folder;

  private final ScriptedTextModel model = new ScriptedTextModel();

  private Outcome ask(String input, boolean terminal, String... more) throws IOException {
    Files.writeString(folder.resolve("tools.yaml"), TOOLS);
    String[] args = new String[5 + more.length];
    System.arraycopy(new String[] {"ask", "tale", "Go.", "--tools", "tools.yaml"}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return new AskedModel(folder, model, terminal).type(input, args);
  }

  private static ToolCall call(String tool, String json) {
    try {
      return new ToolCall(
          "1", tool, CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8)), null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the model was told in the last request. */
  private String result() {
    List<ModelTurn> turns = model.requests().get(model.requests().size() - 1).turns();
    return ((ToolResult) turns.get(turns.size() - 1).parts().get(0)).result();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"text\": \"a; echo $HOME 'b'\"} ~ a; echo $HOME 'b'|",
        "{\"text\": \"a\", \"times\": 3} ~ a|times=3|",
        "{\"text\": 1} ~ The arguments do not fit: /text is a number, must be text; quote it",
        "{\"text\": \"-n\"} ~ The argument \"text\" begins with -, which would be an option.",
        "{} ~ The arguments do not fit: it has no \"text\"",
      })
  void passesEachArgumentAsOneElement(String arguments, String result) throws Exception {
    model.calls(call("echo", arguments)).says("Done.");

    assertThat(ask("", false, "--allow-tools").out()).isEqualTo("Done.\n");
    assertThat(result()).isEqualTo(result);
  }

  @Test
  void tellsTheModelThatAToolFails() throws Exception {
    model.calls(call("fails", "{}")).says("Sorry.");

    Outcome asked = ask("", false, "--allow-tools");

    assertThat(asked.exit()).isZero();
    assertThat(result()).isEqualTo("The command ended with exit code 3.\nbroken");
    assertThat(asked.err())
        .containsSubsequence(
            "Tool call: fails {}", "  failed: The command ended with exit code 3.", "    broken");
  }

  @Test
  void killsAToolWithItsChildrenAtItsDeadline() throws Exception {
    model.calls(call("hangs", "{}")).says("Sorry.");

    assertThat(ask("", false, "--allow-tools").exit()).isZero();
    assertThat(result()).isEqualTo("The command did not end within 1 s and was killed.");
    List<String> pids = Files.readAllLines(folder.resolve("pid"));
    assertThat(pids).hasSize(2);
    for (String pid : pids) {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
      assertThat(process.map(handle -> handle.onExit().join().isAlive()).orElse(false)).isFalse();
    }
  }

  @Test
  void givesAToolNoSecretsAndTheFolderOfItsFile() throws Exception {
    model.calls(call("shows", "{}")).says("Done.");

    ask("", false, "--allow-tools");

    assertThat(result()).isEqualTo("\n" + folder.toRealPath() + "\n");
  }

  @Test
  void tellsTheModelThatThereIsNoSuchTool() throws Exception {
    model.calls(call("rm", "{}")).calls(call("missing", "{}")).says("Sorry.");

    ask("", false, "--allow-tools");

    assertThat(result())
        .isEqualTo("The command ./no-such-program cannot be started: there is no such file.");
    assertThat(model.requests().get(1).turns().get(2).toString())
        .contains("There is no such tool.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain | The command ./tools.yaml cannot be started: it is not executable.",
        "unknown | The command no-such-program-of-attune cannot be started: no folder of PATH has"
            + " such a program.",
      })
  void saysWhyAToolCannotBeStarted(String tool, String result) throws Exception {
    model.calls(call(tool, "{}")).says("Sorry.");

    Outcome asked = ask("", false, "--allow-tools");

    assertThat(result()).isEqualTo(result);
    assertThat(asked.err()).contains("  failed: " + result);
  }

  @Test
  void asksBeforeEachCallOnATerminal() throws Exception {
    ToolCall call = call("echo", "{\"text\": \"it's\"}");
    model.calls(call).calls(call).calls(call).calls(call).says("Done.");

    Outcome asked = ask("n\ny\na\n", true);

    assertThat(asked.out()).isEqualTo("Done.\n");
    assertThat(asked.err()).contains("  runs: printf '%s|' 'it'\\''s'");
    assertThat(String.join("\n", asked.err())).containsOnlyOnce("declined: The user did not allow");
    assertThat(asked.err().stream().filter(line -> line.contains("done: it's|"))).hasSize(3);
    assertThat(asked.err().stream().filter(line -> line.contains("Run it?"))).hasSize(3);
  }

  @Test
  void stopsAfterTheRounds() throws Exception {
    ToolCall call = call("echo", "{\"text\": \"x\"}");
    model.calls(call).calls(call).calls(call);

    Outcome asked = ask("", false, "--allow-tools", "--tool-rounds", "2");

    assertThat(asked.exit()).isEqualTo(3);
    assertThat(asked.last()).startsWith("tale still calls tools after 2 rounds:");
  }

  @Test
  void listsTheCallsInTheDocument() throws Exception {
    model.calls(call("echo", "{\"text\": \"x\"}")).says("Done.");

    JsonNode document =
        CanonicalJson.read(
            ask("", false, "--allow-tools", "--json").out().getBytes(StandardCharsets.UTF_8));

    assertThat(SchemaFile.ANSWER.validate(document)).isEmpty();
    assertThat(document.at("/toolCalls/0/outcome").asText()).isEqualTo("DONE");
    assertThat(document.at("/toolCalls/0/result").asText()).isEqualTo("x|");
    assertThat(document.at("/usage/input").asInt()).isEqualTo(24);
  }

  @Test
  void offersTheToolsToTheModel() throws Exception {
    model.says("Done.");

    ask("", false, "--allow-tools");

    assertThat(model.requests().get(0).tools()).hasSize(7);
    assertThat(model.requests().get(0).tools().get(1).arguments())
        .isEqualTo(
            JsonNodeFactory.instance
                .objectNode()
                .put("type", "object")
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                    "properties", JsonNodeFactory.instance.objectNode())
                .put("additionalProperties", false));
  }

  @Test
  void saysWhatIsWrongWithAFileOfTools() throws Exception {
    Files.writeString(
        folder.resolve("bad.yaml"),
        """
        tools:
          - {name: a, description: d, argv: ["{program}"], arguments: {type: object, properties: {program: {type: string}}}}
          - {name: a, description: d, argv: [ls, "{folder}"]}
          - {name: b, description: d, argv: [ls], arguments: {type: string}}
        """);
    Files.writeString(folder.resolve("worse.yaml"), "tools: [{name: a, argv: ls}]\n");
    AskedModel asked = new AskedModel(folder, model, true);

    Outcome bad = asked.type("", "ask", "tale", "?", "--tools", "bad.yaml");
    assertThat(bad.exit()).isEqualTo(3);
    assertThat(bad.err())
        .contains(
            "bad.yaml: tool a: the first element of argv must name the program",
            "bad.yaml: two tools have the name a",
            "bad.yaml: tool a: argv uses the argument folder, which is missing in"
                + " arguments.properties",
            "bad.yaml: tool b: arguments must have the type object");
    assertThat(bad.last()).isEqualTo("bad.yaml cannot be used: correct the lines above.");
    assertThat(asked.type("", "ask", "tale", "?", "--tools", "worse.yaml").err())
        .contains("worse.yaml:1: an element of \"tools\" has no \"description\"")
        .contains("worse.yaml:1: \"argv\" is text, must be a list");
    Files.writeString(folder.resolve("empty.yaml"), "# nothing\n");
    assertThat(asked.type("", "ask", "tale", "?", "--tools", "empty.yaml").err())
        .contains("empty.yaml:1: the file is empty");
    assertThat(asked.type("", "ask", "tale", "?", "--tools", "none.yaml").last())
        .isEqualTo("There is no file none.yaml for --tools: correct the path.");
  }
}
