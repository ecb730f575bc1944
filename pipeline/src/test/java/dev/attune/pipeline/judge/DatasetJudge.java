package dev.attune.pipeline.judge;

import dev.attune.pipeline.judge.NearRelation.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says what is wrong with a published dataset. */
final class DatasetJudge {
  private static final int MOST_SHOWN = 50;

  private DatasetJudge() {}

  /** A sentence for each fault, which begins with its kind; none if the dataset is right. */
  static List<String> findings(JudgedCase judged) throws IOException {
    CommonKeys common = new CommonKeys(judged);
    Set<Pair> near = judged.rules.near() ? LeakCheck.surelyNear(judged, common) : Set.of();
    List<String> findings = new ArrayList<>(new LeakCheck(judged, common, near).findings());
    findings.addAll(new UnitCheck(judged, common, near).findings());
    findings.addAll(new RejectionCheck(judged, common).findings());
    findings.addAll(new AccountCheck(judged).findings());
    int more = findings.size() - MOST_SHOWN;
    if (more > 0) {
      findings.subList(MOST_SHOWN, findings.size()).clear();
      findings.add("more: " + more);
    }
    return findings;
  }
}
