package dev.attune.launcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.format.check.FileReport;
import dev.attune.format.check.Finding;
import dev.attune.format.check.rule.Level;
import dev.attune.launcher.dataset.CheckResult;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A check's result for programs: a document of check-report.schema.json. */
final class CheckJson {
  private CheckJson() {}

  static String of(CheckResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 1);
    root.put("baseModel", result.baseModel());
    root.put("errors", result.errors());
    root.put("warnings", result.count(Level.WARNING));
    root.put("seconds", result.took().toMillis() / 1000.0);
    ArrayNode notes = root.putArray("notes");
    result.notes().forEach(notes::add);
    ArrayNode files = root.putArray("files");
    result.files().forEach(file -> files.add(file(file)));
    return new String(CanonicalJson.pretty(root), StandardCharsets.UTF_8);
  }

  private static ObjectNode file(FileReport file) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", file.file());
    node.put("use", word(file.use()));
    node.put("format", word(file.format()));
    node.put("lines", file.lines());
    node.put("linesWithErrors", file.linesWithErrors());
    node.put("bytes", file.bytes());
    node.put("tokens", file.tokens());
    ObjectNode counts = node.putObject("counts");
    file.counts().forEach((rule, count) -> counts.put(rule.id(), count));
    ArrayNode findings = node.putArray("findings");
    file.findings().forEach(finding -> findings.add(finding(finding)));
    return node;
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", finding.file());
    node.put("line", finding.line() == 0 ? null : (Long) finding.line());
    node.put("rule", finding.rule().id());
    node.put("level", word(finding.rule().level()));
    node.put("cause", finding.cause());
    return node.put("fix", finding.fix());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
