package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.ask.chat.Chat;
import dev.attune.launcher.ask.chat.ChatLog;
import dev.attune.launcher.ask.chat.ChatStart;
import dev.attune.launcher.cli.talk.InstructionOptions.Instruction;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.keyboard.TypedInput;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.SessionOpener;
import dev.attune.message.Messages;
import dev.attune.models.Sampling;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Chats with a model. */
@Command(
    name = "chat",
    description = {
      "Chats with a model: each line is a message, /help lists the commands.",
      "The chat is kept in a private file below ~/.attune/chats. Ctrl-C stops an answer, and at the"
          + " prompt it ends the chat."
    })
public final class ChatCommand extends ConsoleCommand {
  private final TypedInput input;
  private final Path chats;
  private final SessionOpener sessions;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A model of attune.yaml (its key under models), or a tuned model. " + ModelLookup.MODEL)
  private String model = "";

  @Mixin private InstructionOptions instruction = new InstructionOptions();

  @Option(
      names = "--resume",
      paramLabel = "ID",
      description = "Continue an earlier chat. Takes its id or the beginning of it.")
  private @Nullable String resume;

  @Mixin private ConsentOptions consent = new ConsentOptions();

  /**
   * Creates the command.
   *
   * @param input messages and commands
   * @param chats the folder of all chats
   */
  public ChatCommand(Shell shell, TypedInput input, Path chats, SessionOpener sessions) {
    super(shell);
    this.input = input;
    this.chats = chats;
    this.sessions = sessions;
  }

  /** Returns the folder of the chats of this user. */
  public static Path chatsOfUser() {
    return Path.of(System.getProperty("user.home"), ".attune", "chats");
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    instruction.check(this);
    if (resume != null && instruction.isGiven()) {
      throw usage(Messages.of("launcher.chat.persona-of-resumed"));
    }
    AttuneConfig config = ConfigFile.load(config(), shell);
    // With --json only the document is a result.
    Shell chatting =
        json()
            ? shell.withOut(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
            : shell;
    try (Ledger ledger = Ledger.open(config, shell);
        ModelSession session = sessions.open(config, ledger, shell, consent.of(this))) {
      Sampling configured = session.sampling(model);
      try (ChatLog log =
          resume == null
              ? begin(instruction.instruction(config, shell, configured))
              : ChatLog.resume(chats, shell.clock(), resume, model)) {
        Chat chat = new Chat(session, log, input, chatting);
        try {
          chat.run();
        } finally {
          if (json()) {
            shell.out().print(chat.document());
          }
        }
      }
    }
  }

  private ChatLog begin(Instruction given) {
    return ChatLog.begin(
        chats, shell.clock(), new ChatStart(model, given.system(), given.sampling()));
  }
}
