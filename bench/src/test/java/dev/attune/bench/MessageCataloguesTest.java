package dev.attune.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.attune.message.Messages;
import dev.attune.message.Messages.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares every call of {@link Messages#of} with the catalogues; keeps docs/errors.md current. */
class MessageCataloguesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/errors.md");
  private static final String START =
      "<!-- Written by MessageCataloguesTest from the catalogues. -->\n";
  private static final List<String> MODULES =
      List.of("schemas", "taxonomy", "models", "pipeline", "launcher");
  private static final String HEADING = ".heading";
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z0-9]+)}");
  private static final Map<String, Entry> ENTRIES = new TreeMap<>();
  private static final List<Call> CALLS = new ArrayList<>();

  /** A call with one of the keys that it may have. */
  private record Call(String key, int arguments, String source) {}

  @BeforeAll
  static void readCallsAndCatalogues() throws IOException {
    for (String module : MODULES) {
      Path catalogue =
          ROOT.resolve(module).resolve("src/main/resources/dev/attune/message/" + module);
      try (Stream<Path> files = Files.list(catalogue)) {
        for (Path file : files.toList()) {
          String group = file.getFileName().toString().replace(".properties", "");
          Messages.group(module, group)
              .forEach((name, entry) -> ENTRIES.put(module + "." + group + "." + name, entry));
        }
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = new ArrayList<>();
      for (String module : MODULES) {
        try (Stream<Path> walk = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
          walk.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
        }
      }
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        new CallScanner(unit.getSourceFile().getName()).scan(unit, null);
      }
    }
  }

  @Test
  void everyCallHasAnEntryWithItsParameters() {
    List<String> faults = new ArrayList<>();
    for (Call call : CALLS) {
      Entry entry = ENTRIES.get(call.key());
      if (entry == null) {
        faults.add(call.source() + ": no message " + call.key());
      } else if (entry.parameters().size() != call.arguments()) {
        faults.add(call.source() + ": " + call.key() + " takes " + entry.parameters());
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyEntryIsUsedOrIsAHeading() {
    List<String> unused = new ArrayList<>();
    ENTRIES.forEach(
        (key, entry) -> {
          if (!key.endsWith(HEADING) && CALLS.stream().noneMatch(call -> call.key().equals(key))) {
            unused.add(key);
          }
        });
    assertThat(unused).isEmpty();
  }

  @Test
  void everyParameterIsNamedInItsSentence() {
    ENTRIES.forEach(
        (key, entry) ->
            assertThat(PLACE.matcher(entry.text()).results().map(place -> place.group(1)))
                .as(key)
                .containsOnlyOnceElementsOf(entry.parameters())
                .isSubsetOf(entry.parameters()));
  }

  @Test
  void causeAndCureComeTogetherBelowAHeading() {
    ENTRIES.forEach(
        (key, entry) -> {
          assertThat(entry.cause() == null).as(key).isEqualTo(entry.cure() == null);
          assertThat(ENTRIES)
              .containsKey(key.substring(0, key.indexOf('.', key.indexOf('.') + 1)) + HEADING);
        });
  }

  /** -Dattune.write=true writes the page instead. */
  @Test
  void everyRefusalStandsInThePage() throws IOException {
    String page = Files.readString(PAGE);
    String written =
        page.substring(0, page.indexOf(START) + START.length())
            + MODULES.stream().map(MessageCataloguesTest::sections).collect(Collectors.joining());
    if (Boolean.getBoolean("attune.write")) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private static String sections(String module) {
    StringBuilder sections = new StringBuilder();
    for (String key : ENTRIES.keySet()) {
      if (key.startsWith(module + ".") && key.endsWith(HEADING)) {
        String group = key.substring(0, key.length() - HEADING.length() + 1);
        List<String> rows =
            ENTRIES.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(group))
                .filter(entry -> entry.getValue().cause() != null)
                .map(entry -> row(entry.getValue()))
                .toList();
        if (!rows.isEmpty()) {
          sections.append("\n## ").append(ENTRIES.get(key).text());
          sections.append("\n| message | cause | what to do |\n|---|---|---|\n");
          rows.forEach(sections::append);
        }
      }
    }
    return sections.toString();
  }

  private static String row(Entry entry) {
    return Stream.of(entry.text(), entry.cause(), entry.cure())
        .map(text -> " " + cell(String.valueOf(text)) + " |")
        .collect(Collectors.joining("", "|", "\n"));
  }

  /** Shows parameters in italics, and text as it is printed. */
  private static String cell(String text) {
    String escaped = text.replaceAll("([|<>*_`\\\\])", "\\\\$1");
    return PLACE
        .matcher(escaped)
        .replaceAll(place -> Matcher.quoteReplacement("*" + place.group(1) + "*"));
  }

  /** Collects the calls of one source file. */
  private static final class CallScanner extends TreeScanner<Void, Void> {
    private final String source;

    CallScanner(String source) {
      this.source = source;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
      if (call.getMethodSelect().toString().equals("Messages.of")) {
        List<? extends ExpressionTree> arguments = call.getArguments();
        addKeys(arguments.get(0), arguments.size() - 1);
      }
      return super.visitMethodInvocation(call, null);
    }

    private void addKeys(ExpressionTree key, int arguments) {
      if (key instanceof ParenthesizedTree inner) {
        addKeys(inner.getExpression(), arguments);
      } else if (key instanceof ConditionalExpressionTree either) {
        addKeys(either.getTrueExpression(), arguments);
        addKeys(either.getFalseExpression(), arguments);
      } else if (key instanceof LiteralTree literal && literal.getValue() instanceof String name) {
        CALLS.add(new Call(name, arguments, source));
      } else {
        throw new AssertionError(source + ": the key of a message is no literal: " + key);
      }
    }
  }
}
