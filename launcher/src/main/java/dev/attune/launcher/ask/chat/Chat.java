package dev.attune.launcher.ask.chat;

import dev.attune.launcher.ask.ReplyNotes;
import dev.attune.launcher.ask.StreamedText;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.keyboard.TypedInput;
import dev.attune.launcher.session.ModelFailure;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.PlannedRequests;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import dev.attune.page.FigureText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat with a model. Reads messages and commands line by line; answers go to stdout while they
 * arrive, everything else to stderr. On a terminal the chat goes on after a failure; otherwise the
 * first failure ends it.
 */
public final class Chat {
  private static final String CONTINUED = "\\";
  private static final String COMMAND = "/";

  private final ModelSession session;
  private final ChatLog log;
  private final TypedInput input;
  private final Shell shell;
  private final boolean interactive;
  private Usage usage = Usage.NONE;

  public Chat(ModelSession session, ChatLog log, TypedInput input, Shell shell) {
    this.session = session;
    this.log = log;
    this.input = input;
    this.shell = shell;
    this.interactive = input.isTerminal() && shell.terminal();
  }

  /** Chats until the user quits or the input ends. */
  public void run() throws CommandFailure, IOException, InterruptedException {
    TextModel model = session.model(log.model());
    greet();
    ResumeHint hint = ResumeHint.during(this::interruption);
    try {
      ChatCommands commands = new ChatCommands(this, log, shell);
      boolean open = true;
      while (open) {
        String line = message();
        if (line == null) {
          break;
        }
        try {
          open = handle(line, commands, model);
        } catch (CommandFailure e) {
          if (!interactive) {
            throw e;
          }
          e.lines().forEach(shell.err()::println);
          shell.err().println(e.getMessage());
        }
      }
    } finally {
      hint.close();
      String id = log.id();
      if (id != null) {
        shell.err().println(Messages.of("launcher.chat.kept", id, log.model(), id));
      }
    }
  }

  private void greet() {
    if (interactive) {
      shell.err().println(Messages.of("launcher.chat.begins", log.model()));
    }
    int earlier = log.history().turns().size() / 2;
    if (earlier > 0) {
      shell
          .err()
          .println(
              Messages.of("launcher.chat.resumed", FigureText.count(earlier, "answered message")));
    }
    if (log.history().unanswered() != null) {
      shell.err().println(Messages.of("launcher.chat.unanswered"));
    }
  }

  private String interruption() {
    String id = log.id();
    return id == null
        ? Messages.of("launcher.chat.interrupted-empty")
        : Messages.of("launcher.chat.interrupted", log.model(), id);
  }

  /** Returns the next message, or null at the end of the input. A backslash continues a line. */
  private @Nullable String message() throws IOException {
    StringBuilder message = new StringBuilder();
    prompt("> ");
    String line = input.line();
    while (line != null && line.endsWith(CONTINUED)) {
      message.append(line, 0, line.length() - 1).append('\n');
      prompt("  ");
      line = input.line();
    }
    if (line == null) {
      endPromptLine();
      return message.isEmpty() ? null : message.toString().strip();
    }
    return message.append(line).toString().strip();
  }

  private void prompt(String text) {
    if (interactive) {
      shell.err().print(text);
      shell.err().flush();
    }
  }

  private void endPromptLine() {
    if (interactive) {
      shell.err().println();
    }
  }

  /** Handles a message or command; returns whether the chat goes on. */
  private boolean handle(String line, ChatCommands commands, TextModel model)
      throws CommandFailure, IOException, InterruptedException {
    if (line.startsWith(COMMAND) && !line.startsWith(COMMAND + COMMAND)) {
      boolean open = commands.run(line);
      if (commands.takeRetry()) {
        answer(model);
      }
      return open;
    }
    if (!line.isEmpty()) {
      log.add(new ChatEntry.Asked(line.startsWith(COMMAND) ? line.substring(1) : line));
      answer(model);
    }
    return true;
  }

  /** Asks for an answer to the unanswered message. */
  private void answer(TextModel model) throws CommandFailure, IOException, InterruptedException {
    ModelRequest request = log.history().request();
    session.agree(List.of(new PlannedRequests(log.model(), List.of(request))));
    StreamedText printer = new StreamedText(shell.out(), shell.err());
    Optional<ModelReply> received;
    try {
      received = InterruptibleAnswer.of(model, request, printer);
    } catch (ModelException e) {
      printer.endLine();
      throw ModelFailure.of(e);
    }
    printer.endLine();
    if (received.isEmpty()) {
      shell.err().println(Messages.of("launcher.chat.stopped"));
      return;
    }
    ModelReply reply = received.orElseThrow();
    usage = usage.plus(reply.usage());
    ReplyNotes.fallback(reply).ifPresent(shell.err()::println);
    Optional<CommandFailure> failure = ReplyNotes.failure(reply, log.model());
    if (failure.isEmpty() || isKept(reply)) {
      log.add(new ChatEntry.Answered(reply.text(), reply.modelVersion()));
    }
    if (failure.isPresent() && isKept(reply)) {
      shell.err().println(failure.orElseThrow().getMessage());
    } else if (failure.isPresent()) {
      throw failure.orElseThrow();
    }
  }

  /** A refusal and the beginning of an answer are part of the chat. */
  private static boolean isKept(ModelReply reply) {
    return !reply.text().isBlank()
        && (reply.finish() == Finish.CUT_OFF || reply.finish() == Finish.REFUSED);
  }

  /** Returns what was spent so far. */
  String cost() {
    return session.costSentence().orElseGet(() -> Messages.of("launcher.chat.costs-nothing"));
  }

  /** Returns the failure of a command of the chat that cannot be run. */
  static CommandFailure refused(String sentence) {
    return new CommandFailure(FailureCode.USAGE, sentence);
  }

  /** Returns the document of {@code --json}. */
  public String document() {
    return ChatDocument.of(log, usage, session.spent());
  }
}
