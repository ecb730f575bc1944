package dev.attune.launcher.ask.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.keyboard.TypedInput;
import dev.attune.message.Messages;
import dev.attune.models.ModelTurn.ToolCall;
import dev.attune.models.ModelTurn.ToolResult;
import dev.attune.models.ToolDefinition;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The tools of a command. Shows each call and its result on stderr, and asks before each call
 * unless all are allowed.
 */
public final class ToolBox {
  private static final int SHOWN_CHARACTERS = 400;
  private static final int SHOWN_LINES = 8;

  private final List<ToolCommand> tools;
  private final boolean allowed;
  private final TypedInput input;
  private final Shell shell;
  private final List<CalledTool> calls = new ArrayList<>();
  private final Set<String> alwaysAllowed = new HashSet<>();

  private ToolBox(List<ToolCommand> tools, boolean allowed, TypedInput input, Shell shell) {
    this.tools = tools;
    this.allowed = allowed;
    this.input = input;
    this.shell = shell;
  }

  /**
   * A call that was answered.
   *
   * @param outcome DONE, FAILED, DEADLINE, DECLINED or INVALID
   * @param result what the model was told
   */
  public record CalledTool(String tool, JsonNode arguments, String outcome, String result) {}

  /**
   * Reads a file of tools.
   *
   * @param allowed whether calls are run without asking
   * @param input where the answers are typed
   * @throws CommandFailure with every fault of the file
   */
  public static ToolBox open(Path file, boolean allowed, TypedInput input, Shell shell)
      throws CommandFailure, IOException {
    return new ToolBox(
        ToolsFile.read(shell.resolve(file), shell.show(file)), allowed, input, shell);
  }

  /** Returns what the model is told about the tools. */
  public List<ToolDefinition> definitions() {
    return tools.stream().map(ToolCommand::definition).toList();
  }

  /** Returns the calls that were answered so far, in their order. */
  public List<CalledTool> calls() {
    return List.copyOf(calls);
  }

  /** Answers a call; a call that fails has a result, too. */
  public ToolResult answer(ToolCall call) throws IOException, InterruptedException {
    shell
        .err()
        .println(
            Messages.of(
                "launcher.tool.call",
                Printable.shortened(call.tool()),
                shown(call.arguments().toString())));
    ToolOutcome outcome = outcome(call);
    shell
        .err()
        .println(
            Messages.of(
                "launcher.tool.result",
                outcome.kind().name().toLowerCase(Locale.ROOT),
                shown(outcome.result())));
    calls.add(
        new CalledTool(call.tool(), call.arguments(), outcome.kind().name(), outcome.result()));
    return new ToolResult(call.id(), call.tool(), outcome.result());
  }

  private ToolOutcome outcome(ToolCall call) throws IOException, InterruptedException {
    ToolCommand tool =
        tools.stream().filter(t -> t.name().equals(call.tool())).findFirst().orElse(null);
    if (tool == null) {
      return new ToolOutcome(ToolOutcome.Kind.INVALID, "There is no such tool.");
    }
    List<String> argv;
    try {
      argv = tool.argv(call.arguments());
    } catch (ToolCommand.InvalidCallException e) {
      return new ToolOutcome(ToolOutcome.Kind.INVALID, String.valueOf(e.getMessage()));
    }
    return isAllowed(tool, argv)
        ? ToolProcess.run(tool, argv, shell.environment())
        : new ToolOutcome(ToolOutcome.Kind.DECLINED, "The user did not allow this call.");
  }

  private boolean isAllowed(ToolCommand tool, List<String> argv) throws IOException {
    if (allowed || alwaysAllowed.contains(tool.name())) {
      return true;
    }
    shell.err().println(Messages.of("launcher.tool.command", quoted(argv)));
    shell.err().print(Messages.of("launcher.tool.question") + " ");
    shell.err().flush();
    String line = input.line();
    String answer = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    if (answer.equals("a")) {
      alwaysAllowed.add(tool.name());
    }
    return answer.equals("y") || answer.equals("yes") || answer.equals("a");
  }

  /** Returns a command as it would be typed in a shell. */
  private static String quoted(List<String> argv) {
    return String.join(
        " ",
        argv.stream()
            .map(
                part ->
                    part.matches("[A-Za-z0-9_./:=,@%+-]+")
                        ? part
                        : "'" + Printable.inReadingOrder(part).replace("'", "'\\''") + "'")
            .toList());
  }

  private static String shown(String text) {
    List<String> lines = Printable.inReadingOrder(text).lines().toList();
    String some = String.join("\n    ", lines.subList(0, Math.min(SHOWN_LINES, lines.size())));
    boolean isCut = lines.size() > SHOWN_LINES || some.length() > SHOWN_CHARACTERS;
    return some.substring(0, Math.min(SHOWN_CHARACTERS, some.length())) + (isCut ? " …" : "");
  }
}
