package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.ask.AnswerDocument;
import dev.attune.launcher.ask.AskedAnswer;
import dev.attune.launcher.ask.AskedQuestion;
import dev.attune.launcher.ask.Asking;
import dev.attune.launcher.ask.QuestionParts;
import dev.attune.launcher.ask.ReplyNotes;
import dev.attune.launcher.ask.SchemaOption;
import dev.attune.launcher.ask.StreamedText;
import dev.attune.launcher.ask.cache.NamedCaches;
import dev.attune.launcher.ask.tool.ToolBox;
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
import dev.attune.models.ModelTurn;
import dev.attune.schema.AnswerSchema;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a model one question. */
@Command(
    name = "ask",
    description = {
      "Asks a model a question and prints its answer.",
      "The answer is kept: the same question again gives the same answer and costs nothing."
    })
public final class AskCommand extends ConsoleCommand {
  private static final int DEFAULT_ROUNDS = 8;
  private static final int MOST_ROUNDS = 100;

  private final TypedInput input;
  private final SessionOpener sessions;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A model of attune.yaml (its key under models), or a tuned model. " + ModelLookup.MODEL)
  private String model = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT|-",
      description = "The question. With - it is read from the standard input.")
  private @Nullable String text;

  @Mixin private InstructionOptions instruction = new InstructionOptions();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Add a file to the question: text, image, PDF or audio. Can be given several times.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Ask for JSON that fits this JSON Schema. An answer that does not fit is asked for once"
              + " more.")
  private @Nullable Path schema;

  @Option(
      names = "--tools",
      paramLabel = "FILE",
      description = "Let the model call the commands of this file (YAML or JSON).")
  private @Nullable Path tools;

  @Option(
      names = "--allow-tools",
      description = "Run every call of a tool without asking. Needed without a terminal.")
  private boolean allowTools;

  @Option(
      names = "--tool-rounds",
      paramLabel = "N",
      description = "The most requests with results of tools. Default: 8.")
  private @Nullable Integer toolRounds;

  @Option(
      names = "--cache",
      paramLabel = "NAME",
      description =
          "Ask with the files and the system instruction of this context cache; see attune cache.")
  private @Nullable String cache;

  @Option(names = "--stream", description = "Print the answer while it arrives.")
  private boolean stream;

  @Option(names = "--thoughts", description = "Show the model's thoughts on stderr.")
  private boolean thoughts;

  @Mixin private ConsentOptions consent = new ConsentOptions();

  /**
   * Creates the command.
   *
   * @param input for {@code -} and for questions about tools
   */
  public AskCommand(Shell shell, TypedInput input, SessionOpener sessions) {
    super(shell);
    this.input = input;
    this.sessions = sessions;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    checkOptions();
    AnswerSchema fits = schema == null ? null : SchemaOption.read(schema, shell);
    ToolBox box = tools == null ? null : ToolBox.open(tools, allowTools, input, shell);
    AttuneConfig config = ConfigFile.load(config(), shell);
    List<ModelTurn.Part> parts = QuestionParts.of(text, files, input, shell);
    if (parts.isEmpty()) {
      throw usage(
          Messages.of(
              text == null ? "launcher.ask.question-missing" : "launcher.ask.question-empty"));
    }
    int rounds = toolRounds == null ? DEFAULT_ROUNDS : toolRounds;
    StreamedText printer = stream ? new StreamedText(shell.out(), shell.err()) : null;
    try (Ledger ledger = Ledger.open(config, shell);
        ModelSession session = sessions.open(config, ledger, shell, consent.of(this))) {
      Instruction given = instruction.instruction(config, shell, session.sampling(model));
      AskedQuestion question =
          new AskedQuestion(
              model,
              given.system(),
              parts,
              fits,
              given.sampling(),
              cache == null ? null : new NamedCaches(config, session, shell).prefix(model, cache));
      AskedAnswer answer = new Asking(session, box, rounds, printer).ask(question);
      print(answer, printer, session);
    }
  }

  private void checkOptions() {
    instruction.check(this);
    if (cache != null) {
      checkCached(cache);
    }
    if (stream && (schema != null || json())) {
      throw usage(Messages.of("launcher.ask.stream-and-schema"));
    }
    if (tools == null && allowTools) {
      throw usage(Messages.of("launcher.ask.tools-only", "--allow-tools"));
    }
    if (tools == null && toolRounds != null) {
      throw usage(Messages.of("launcher.ask.tools-only", "--tool-rounds"));
    }
    if (tools != null && !allowTools && !(input.isTerminal() && shell.terminal())) {
      throw usage(Messages.of("launcher.tool.no-terminal"));
    }
    if (toolRounds != null && (toolRounds < 1 || toolRounds > MOST_ROUNDS)) {
      throw usage(Messages.of("launcher.ask.tool-rounds", toolRounds));
    }
  }

  private void checkCached(String name) {
    if (!NamedCaches.isName(name)) {
      throw usage(Messages.of("launcher.cache.name", Printable.shortened(name)));
    }
    String given = tools == null ? instruction.systemOption() : "--tools";
    if (given != null) {
      throw usage(Messages.of("launcher.cache.system", given));
    }
  }

  private void print(AskedAnswer answer, @Nullable StreamedText printer, ModelSession session)
      throws CommandFailure {
    if (thoughts && !answer.reply().thoughts().isEmpty()) {
      shell.err().println(Printable.lines(answer.reply().thoughts()).strip());
    }
    if (json()) {
      shell.out().print(AnswerDocument.of(model, answer, thoughts, session.spent()));
    } else if (printer != null) {
      printer.endLine();
    } else if (!answer.text().isEmpty()) {
      shell.out().println(Printable.lines(answer.text()).stripTrailing());
    }
    ReplyNotes.fallback(answer.reply()).ifPresent(shell.err()::println);
    session.costSentence().ifPresent(shell.err()::println);
    CommandFailure failure = answer.failure();
    if (failure != null) {
      throw failure;
    }
  }
}
