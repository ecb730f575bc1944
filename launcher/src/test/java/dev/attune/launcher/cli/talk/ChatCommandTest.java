package dev.attune.launcher.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.cli.talk.AskedModel.Outcome;
import dev.attune.launcher.console.keyboard.InterruptibleWork;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.schema.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {
  @TempDir private Path folder;

  private final ScriptedTextModel model = new ScriptedTextModel();

  private Outcome chat(String input, String... more) {
    return chat(false, input, more);
  }

  private Outcome chat(boolean terminal, String input, String... more) {
    String[] args = new String[2 + more.length];
    args[0] = "chat";
    args[1] = "tale";
    System.arraycopy(more, 0, args, 2, more.length);
    return new AskedModel(folder, model, terminal).type(input, args);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("home/chats"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private String id() throws IOException {
    return String.valueOf(file().getFileName()).replace(".jsonl", "");
  }

  private ModelRequest request(int index) {
    return model.requests().get(index);
  }

  @Test
  void sendsTheWholeChatWithEachMessage() throws Exception {
    model.says("Hello.").says("Fine.");

    Outcome chat = chat("Hi\n\nHow are \\\nyou?\n", "--system", "Be brief.");

    assertThat(chat.exit()).isZero();
    assertThat(chat.out()).isEqualTo("Hello.\nFine.\n");
    assertThat(chat.last())
        .isEqualTo(
            "Chat %s is kept: attune chat tale --resume %s continues it.".formatted(id(), id()));
    assertThat(request(1).system()).isEqualTo("Be brief.");
    assertThat(request(1).turns())
        .containsExactly(
            ModelTurn.user("Hi"), ModelTurn.model("Hello."), ModelTurn.user("How are \nyou?"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void continuesAnEarlierChat() throws Exception {
    model.says("Hello.").says("Fine.");
    chat("Hi\n", "--system", "Be brief.");
    // A crash in the middle of a line.
    Files.writeString(file(), "{\"user\": \"Ha", StandardOpenOption.APPEND);

    Outcome chat = chat("And?\n", "--resume", id().substring(0, 10));

    assertThat(chat.err()).contains("Continued after 1 answered message.");
    assertThat(request(1).system()).isEqualTo("Be brief.");
    assertThat(request(1).sampling().temperature()).isEqualTo(0.5);
    assertThat(request(1).turns())
        .containsExactly(ModelTurn.user("Hi"), ModelTurn.model("Hello."), ModelTurn.user("And?"));
    assertThat(Files.readAllLines(file())).hasSize(5);
  }

  @Test
  void takesMessagesBackAndAsksForAnotherAnswer() {
    model.says("Once.").says("Twice.");

    Outcome chat = chat("Tell\n/undo\nTell\n/system Rhyme.\n/system\n/cost\n");

    assertThat(chat.out()).isEqualTo("Once.\nTwice.\n");
    assertThat(request(1).turns()).containsExactly(ModelTurn.user("Tell"));
    assertThat(request(0).candidate()).isZero();
    assertThat(request(1).candidate()).isEqualTo(1);
    assertThat(chat.err())
        .contains("Taken back; the chat has 0 answered messages now.")
        .contains("Rhyme.")
        .contains("Spent US$ 0.00: 2 answers from tale (24 input and 10 output tokens).");
  }

  @Test
  void savesTheChatToANewFile() throws Exception {
    model.says("Hello.");

    assertThat(chat("Hi\n/save chat.md\n").exit()).isZero();
    assertThat(folder.resolve("chat.md"))
        .hasContent("# Chat with tale\n\n## User\nHi\n\n## Model\nHello.");
    Outcome again = chat("/save chat.md\n");
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.last()).isEqualTo("chat.md exists already: type another name after /save.");
  }

  @Test
  void goesOnAfterAFailureOnATerminalOnly() {
    model.fails(Kind.TRANSIENT, "The service is down: wait.").says("Hello.");

    Outcome chat = chat(true, "Hi\n/retry\n/retry\n/nope\n/undu\n/quit\nnever sent\n");

    assertThat(chat.exit()).isZero();
    assertThat(chat.out()).isEqualTo("Hello.\n");
    assertThat(String.join("\n", chat.err()))
        .contains("The service is down: wait.")
        .contains("There is no command /nope: /help lists all.")
        .contains("There is no command /undu; did you mean /undo?")
        .contains("The last message has an answer:");
    model.fails(Kind.TRANSIENT, "The service is down: wait.");
    Outcome script = chat("Hi\nnever sent\n");
    assertThat(script.exit()).isEqualTo(1);
    assertThat(script.last()).isEqualTo("The service is down: wait.");
  }

  @Test
  void keepsWhatWasCutOffAndNotWhatWasBlocked() {
    model.ends("Once", Finish.CUT_OFF).ends("", Finish.BLOCKED).says("Hello.");

    Outcome chat = chat(true, "Tell\nBomb\nHi\n");

    assertThat(String.join("\n", chat.err()))
        .contains("The answer of tale is cut off")
        .contains("tale blocked the request or its answer (SAFETY)");
    assertThat(request(2).turns())
        .containsExactly(ModelTurn.user("Tell"), ModelTurn.model("Once"), ModelTurn.user("Hi"));
  }

  @Test
  void stopsAnAnswerByCtrlC() {
    model.hangsAfter("Once ", () -> assertThat(InterruptibleWork.stopOpen()).isTrue()).says("Hi.");

    Outcome chat = chat("Tell\n/retry\n");

    assertThat(chat.exit()).isZero();
    assertThat(chat.out()).isEqualTo("Once \nHi.\n");
    assertThat(chat.err()).contains("(stopped; the message has no answer: /retry asks again)");
    assertThat(InterruptibleWork.stopOpen()).isFalse();
  }

  @Test
  void saysWhichChatsThereAre() throws Exception {
    assertThat(chat("Hi\n", "--resume", "2026").last())
        .isEqualTo("There is no chat 2026, nor any other: leave --resume out.");
    model.says("Hello.");
    chat("Hi\n");
    assertThat(chat("Hi\n", "--resume", "2026").last())
        .isEqualTo("There is no chat 2026: the latest are " + id() + ".");
    Files.writeString(file(), "garbage\n", StandardOpenOption.APPEND);
    Outcome damaged = chat("Hi\n", "--resume", id());
    assertThat(damaged.exit()).isEqualTo(3);
    assertThat(damaged.last()).contains("is damaged in line 4:");
    Files.writeString(file(), "{\"chat\": 9, \"model\": \"tale\"}\n");
    Outcome newer = chat("Hi\n", "--resume", id());
    assertThat(newer.exit()).isEqualTo(3);
    assertThat(newer.last())
        .contains("is of version 9, and this version of Attune reads version 1");
    Files.writeString(file(), "");
    Outcome empty = chat("Hi\n", "--resume", id());
    assertThat(empty.exit()).isEqualTo(3);
    assertThat(empty.last()).isEqualTo("The file of chat " + id() + " is empty: begin a new chat.");
  }

  @Test
  void printsADocument() throws Exception {
    model.says("Hello.");

    JsonNode document =
        CanonicalJson.read(chat("Hi\n", "--json").out().getBytes(StandardCharsets.UTF_8));

    assertThat(document.at("/chat").asText()).isEqualTo(id());
    assertThat(document.at("/turns/1/text").asText()).isEqualTo("Hello.");
  }

  @Test
  void refusesAnotherInstructionForAnEarlierChat() {
    Outcome chat = chat("Hi\n", "--resume", "2", "--persona", "songwriter");

    assertThat(chat.exit()).isEqualTo(2);
    assertThat(List.of(chat.last().split(": ", 2)).get(1))
        .startsWith("--resume cannot be used with --system, --persona or --thinking");
  }
}
