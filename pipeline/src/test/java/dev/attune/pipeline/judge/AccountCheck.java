package dev.attune.pipeline.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.judge.JudgedDataset.RejectedLine;
import dev.attune.pipeline.judge.JudgedDataset.WrittenExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Promise 1, the lines themselves, and the figures of the manifest. */
final class AccountCheck {
  private static final List<String> FIGURES =
      List.of("groupsAcrossSplits", "promptsAcrossSplits", "beginningsAcrossSplits");
  private static final String NEAR_FIGURE = "nearDuplicatesAcrossSplits";

  private final JudgedCase judged;
  private final List<String> findings = new ArrayList<>();

  AccountCheck(JudgedCase judged) {
    this.judged = judged;
  }

  List<String> findings() throws IOException {
    everyRecordIsSomewhereOnce();
    for (WrittenExample example : judged.dataset.examples().values()) {
      checkLine(example);
    }
    for (String file : List.of(JudgedDataset.TRAIN, JudgedDataset.VALID)) {
      checkOrder(file);
      if (judged.previous != null) {
        List<String> lines = judged.dataset.lines(file);
        if (!lines.containsAll(judged.previous.lines(file))) {
          findings.add("carried: lines of " + file + " are gone");
        }
      }
    }
    checkManifest();
    return findings;
  }

  private void everyRecordIsSomewhereOnce() {
    Map<String, Integer> counts = new HashMap<>();
    judged.inputs.forEach(each -> counts.merge(each.id(), 1, Integer::sum));
    for (String id : judged.dataset.examples().keySet()) {
      if (!judged.isCarried(id)) {
        counts.merge(id, -1, Integer::sum);
      }
    }
    judged.dataset.rejected().forEach(line -> counts.merge(line.id(), -1, Integer::sum));
    counts.values().removeIf(count -> count == 0);
    if (!counts.isEmpty()) {
      findings.add("account: read but nowhere, or more often than read " + counts);
    }
    if (judged.previous != null) {
      judged
          .previous
          .examples()
          .forEach(
              (id, example) -> {
                if (!example.file().equals(judged.fileOf(id))) {
                  findings.add("carried: " + id + " is no longer in " + example.file());
                }
              });
    }
  }

  private void checkLine(WrittenExample example) throws IOException {
    if (!sha256(example.line()).equals(example.fingerprint())) {
      findings.add("line: the fingerprint of " + example.id() + " is another one");
    }
    JudgedRecord record = judged.members.get(example.id());
    if (record == null) {
      findings.add("account: nobody handed in " + example.id());
    } else if (!JudgedDataset.turnsOf(example).equals(record.turns())) {
      findings.add("line: " + example.id() + " says something else");
    }
  }

  private void checkOrder(String file) throws IOException {
    List<String> fingerprints =
        judged.dataset.lines(file).stream().map(AccountCheck::sha256).toList();
    if (!fingerprints.stream().sorted().toList().equals(fingerprints)) {
      findings.add("line: " + file + " is not sorted by fingerprint");
    }
  }

  private static String sha256(String line) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private void checkManifest() throws IOException {
    JsonNode manifest = judged.dataset.manifest();
    JsonNode counts = manifest.get("counts");
    int total = counts.at("/read/total").asInt();
    int sum =
        counts.get("training").asInt()
            + counts.get("validation").asInt()
            + counts.at("/rejected/total").asInt();
    if (total != sum || total != judged.inputs.size()) {
      findings.add(
          "account: " + judged.inputs.size() + " handed in, " + total + " read, sum " + sum);
    }
    Map<String, Integer> reasons = new HashMap<>();
    for (RejectedLine line : judged.dataset.rejected()) {
      reasons.merge(line.reason(), 1, Integer::sum);
    }
    counts
        .at("/rejected/byReason")
        .properties()
        .forEach(entry -> reasons.merge(entry.getKey(), -entry.getValue().asInt(), Integer::sum));
    reasons.values().removeIf(count -> count == 0);
    if (!reasons.isEmpty()) {
      findings.add("account: byReason differs from rejected.jsonl by " + reasons);
    }
    checkFigures(manifest.get("split"));
  }

  private void checkFigures(JsonNode split) {
    for (String figure : FIGURES) {
      JsonNode value = split.get(figure);
      boolean zero = value != null && value.isInt() && value.asInt() == 0;
      boolean unmeasured =
          figure.equals("groupsAcrossSplits")
              && !judged.rules.byGroup()
              && value != null
              && value.isNull();
      if (!zero && !unmeasured) {
        findings.add("manifest: " + figure + " is " + value);
      }
    }
    JsonNode near = split.get(NEAR_FIGURE);
    boolean right =
        near != null && (judged.rules.near() ? near.isInt() && near.asInt() == 0 : near.isNull());
    if (!right) {
      findings.add("manifest: " + NEAR_FIGURE + " is " + near);
    }
  }
}
