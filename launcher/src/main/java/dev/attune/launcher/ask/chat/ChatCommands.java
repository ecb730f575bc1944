package dev.attune.launcher.ask.chat;

import dev.attune.filesystem.FileMode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.models.ModelTurn;
import dev.attune.page.FigureText;
import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The commands of a chat: lines that begin with a slash. */
final class ChatCommands {
  private static final List<String> NAMES =
      List.of("/help", "/save", "/undo", "/retry", "/system", "/cost", "/quit");

  private final Chat chat;
  private final ChatLog log;
  private final Shell shell;
  private boolean retry;

  ChatCommands(Chat chat, ChatLog log, Shell shell) {
    this.chat = chat;
    this.log = log;
    this.shell = shell;
  }

  /**
   * Runs a command.
   *
   * @return whether the chat goes on
   * @throws CommandFailure if the command is unknown or cannot be run
   */
  boolean run(String line) throws CommandFailure, IOException {
    String name = line.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    String argument = line.substring(name.length()).strip();
    switch (name) {
      case "/help", "/?" -> Messages.of("launcher.chat.help").lines().forEach(shell.err()::println);
      case "/quit", "/exit" -> {
        return false;
      }
      case "/cost" -> shell.err().println(chat.cost());
      case "/system" -> system(argument);
      case "/undo" -> undo();
      case "/retry" -> retry();
      case "/save" -> save(argument);
      default ->
          throw Chat.refused(
              NearestName.of(name, NAMES)
                  .map(near -> Messages.of("launcher.chat.misspelt", shown(name), near))
                  .orElseGet(() -> Messages.of("launcher.chat.no-command", shown(name))));
    }
    return true;
  }

  /** Returns whether the last message is to be sent again, once. */
  boolean takeRetry() {
    boolean asked = retry;
    retry = false;
    return asked;
  }

  private void system(String text) throws CommandFailure, IOException {
    if (text.isEmpty()) {
      String now = log.history().system();
      shell
          .err()
          .println(now == null ? Messages.of("launcher.chat.no-system") : Printable.lines(now));
    } else {
      log.add(new ChatEntry.Instructed(text.equals("-") ? null : text));
      shell.err().println(Messages.of("launcher.chat.system-set"));
    }
  }

  private void undo() throws CommandFailure, IOException {
    if (log.history().isEmpty()) {
      throw Chat.refused(Messages.of("launcher.chat.nothing-to-undo"));
    }
    log.add(new ChatEntry.Undone());
    shell
        .err()
        .println(
            Messages.of(
                "launcher.chat.undone",
                FigureText.count(log.history().turns().size() / 2, "answered message")));
  }

  private void retry() throws CommandFailure {
    if (log.history().unanswered() == null) {
      throw Chat.refused(Messages.of("launcher.chat.nothing-to-retry"));
    }
    retry = true;
  }

  /** Writes the chat; leaves no incomplete file. */
  private void write(OutputStream out, Path file) throws IOException {
    try {
      out.write(markdown().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private void save(String typed) throws CommandFailure, IOException {
    if (typed.isEmpty()) {
      throw Chat.refused(Messages.of("launcher.chat.save-where"));
    }
    Path file;
    try {
      file = shell.resolve(Path.of(typed));
    } catch (InvalidPathException e) {
      throw new CommandFailure(
          FailureCode.USAGE, Messages.of("launcher.chat.save-path", shown(typed)), e);
    }
    try (OutputStream out = FileMode.PRIVATE.create(file)) {
      write(out, file);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          FailureCode.FILE, Messages.of("launcher.chat.save-exists", shown(typed)), e);
    } catch (IOException e) {
      throw new CommandFailure(
          FailureCode.FILE, Messages.of("launcher.chat.save-failed", shown(typed)), e);
    }
    shell.err().println(Messages.of("launcher.chat.saved", shell.show(file)));
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("# Chat with " + log.model() + "\n");
    String system = log.history().system();
    if (system != null) {
      text.append("\n## System\n").append(system).append('\n');
    }
    for (ModelTurn turn : log.history().turns()) {
      text.append(turn.role() == ModelTurn.Role.USER ? "\n## User\n" : "\n## Model\n");
      text.append(ChatDocument.text(turn)).append('\n');
    }
    return text.toString();
  }

  private static String shown(String typed) {
    return Printable.shortened(typed, 200);
  }
}
