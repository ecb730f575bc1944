package dev.attune.pipeline.judge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Says what is wrong with a published dataset. */
final class DatasetJudge {
  private DatasetJudge() {}

  /** A sentence for each fault, which begins with its kind; none if the dataset is right. */
  static List<String> findings(JudgedCase judged) throws IOException {
    CommonKeys common = new CommonKeys(judged);
    List<String> findings = new ArrayList<>(new LeakCheck(judged, common).findings());
    findings.addAll(new UnitCheck(judged, common).findings());
    findings.addAll(new RejectionCheck(judged, common).findings());
    findings.addAll(new AccountCheck(judged).findings());
    return findings;
  }
}
