package dev.attune.launcher.promotion;

import dev.attune.config.EvaluationConfig;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.Evidence.Counted;
import dev.attune.launcher.promotion.gate.ChampionComparison;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.launcher.promotion.gate.RecallDrops;
import dev.attune.launcher.promotion.preference.JudgedEvidence;
import dev.attune.launcher.promotion.preference.PreferenceGate;
import dev.attune.launcher.promotion.preference.PreferenceGate.Finding;
import dev.attune.message.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tests that a model must pass before it is promoted: it must be better than its base model,
 * and not worse than the champion, by more than chance explains. {@code evaluation:} of attune.yaml
 * has the limits, and the package gate has the statistics. It uses neither ledger nor files.
 * docs/promotion.md explains the rules.
 *
 * <p>A figure that was not measured never passes. Two models that answer the same pass the
 * comparison with each other.
 */
public final class Gate {
  /**
   * The version of these rules, which the ledger stores with every decision. {@code attune run}
   * decides again on a model that older rules refused. Version 1 compared the figures without their
   * intervals.
   */
  public static final int VERSION = 2;

  private static final String BASE = "the base model ";
  private static final String CHAMPION = "the champion ";

  /** Figures have six places: shares that differ by less are equal. */
  private static final double SAME = 1e-9;

  private final EvaluationConfig rules;

  public Gate(EvaluationConfig rules) {
    this.rules = rules;
  }

  /** Applies every test. */
  GateFindings judge(Evidence evidence) {
    GateFindings findings = new GateFindings();
    GateSentences sentences = new GateSentences(rules, evidence);
    countExamples(evidence, sentences, findings);
    JudgedEvidence judged = evidence.judged();
    if (judged != null) {
      compareByJudges(evidence, judged, findings);
      countInvalidAnswers(evidence, sentences, findings);
      return findings;
    }
    compareWithBase(evidence, sentences, findings);
    compareWithChampion(evidence, sentences, findings);
    compareRecalls(evidence, sentences, findings);
    countInvalidAnswers(evidence, sentences, findings);
    return findings;
  }

  private void compareByJudges(Evidence evidence, JudgedEvidence judged, GateFindings findings) {
    Compared base = evidence.base();
    Compared champion = evidence.champion();
    List<Finding> all =
        new PreferenceGate(rules, judged, evidence.examples())
            .judge(base == null ? null : base.id(), champion == null ? null : champion.id());
    for (Finding finding : all) {
      if (finding.isPassed()) {
        findings.pass(finding.clause());
      } else if (finding.reason().isEmpty()) {
        findings.failInShort(finding.clause());
      } else {
        findings.fail(finding.clause(), finding.reason());
      }
    }
  }

  private void countExamples(Evidence evidence, GateSentences sentences, GateFindings findings) {
    if (evidence.examples() < rules.minimumExamples()) {
      findings.failInShort(sentences.fewExamples());
    }
  }

  private void compareWithBase(Evidence evidence, GateSentences sentences, GateFindings findings) {
    Compared base = evidence.base();
    if (base == null) {
      findings.failInShort(Messages.of("launcher.gate.no-base"));
      return;
    }
    PairedGain gain = gain(base, BASE, sentences, findings);
    if (gain == null) {
      return;
    }
    if (gain.isAbove(rules.minimumGainOverBase())) {
      findings.pass(sentences.gainOverBase(base, gain));
    } else {
      findings.fail(
          sentences.smallGainOverBase(base, gain), sentences.smallGainOverBaseReason(base, gain));
    }
  }

  private void compareWithChampion(
      Evidence evidence, GateSentences sentences, GateFindings findings) {
    Compared champion = evidence.champion();
    if (champion == null) {
      findings.pass(Messages.of("launcher.gate.no-champion"));
      return;
    }
    if (champion.gain() == null) {
      findings.failInShort(Messages.of("launcher.gate.answers-not-compared", champion.id()));
      return;
    }
    PairCounts answers = champion.gain().answers();
    if (ChampionComparison.isWorse(answers)) {
      findings.fail(
          sentences.worseAnswers(champion, answers),
          sentences.worseAnswersReason(champion, answers));
    } else {
      findings.pass(sentences.answersEnough(champion, answers));
    }
    if (rules.metric() == Metric.ACCURACY) {
      return;
    }
    PairedGain f1 = gain(champion, CHAMPION, sentences, findings);
    if (f1 != null && ChampionComparison.isWorse(f1)) {
      findings.fail(sentences.worseF1(champion, f1), sentences.worseF1Reason(champion, f1));
    }
  }

  private @Nullable PairedGain gain(
      Compared other, String who, GateSentences sentences, GateFindings findings) {
    PairedGain gain = other.gain() == null ? null : other.gain().metrics().get(rules.metric());
    if (gain == null) {
      findings.failInShort(sentences.noGain(who + other.id()));
    }
    return gain;
  }

  /**
   * Recall is compared with the champion, or with the base model while no model is in use. A base
   * model that answers the same to every prompt, like that of the local back end, is left out: its
   * recall of 1 in its only answer needs no understanding of the prompt.
   */
  private void compareRecalls(Evidence evidence, GateSentences sentences, GateFindings findings) {
    Compared champion = evidence.champion();
    Compared base = evidence.base();
    if (champion != null) {
      compareRecalls(evidence, champion, CHAMPION, sentences, findings);
    } else if (base != null && !base.measured().isConstant(evidence.examples())) {
      compareRecalls(evidence, base, BASE, sentences, findings);
    }
  }

  private void compareRecalls(
      Evidence evidence,
      Compared other,
      String who,
      GateSentences sentences,
      GateFindings findings) {
    List<RecallDrops.Category> categories = new ArrayList<>();
    List<String> unmeasured = new ArrayList<>();
    for (Map.Entry<String, Counted> entry : other.measured().categories().entrySet()) {
      String id = entry.getKey();
      int support = entry.getValue().support();
      Counted now = evidence.model().categories().get(id);
      PairCounts pairs = other.gain() == null ? null : other.gain().categories().get(id);
      if (support > 0 && pairs != null && now != null && now.support() == support) {
        categories.add(new RecallDrops.Category(id, support, now.correct(), pairs));
      } else if (support > 0) {
        unmeasured.add(id);
      }
    }
    List<RecallDrops.Fall> falls =
        RecallDrops.find(categories, rules.maximumRecallDropPerCategory());
    if (!unmeasured.isEmpty()) {
      findings.failInShort(sentences.noRecall(unmeasured, who + other.id()));
    }
    if (!falls.isEmpty()) {
      findings.fail(
          sentences.recallFell(falls, who + other.id()),
          falls.stream()
              .map(fall -> sentences.recallFellReason(fall, who + other.id()))
              .toArray(String[]::new));
    }
    if (unmeasured.isEmpty() && falls.isEmpty()) {
      findings.pass(Messages.of("launcher.gate.recalls-kept"));
    }
  }

  private void countInvalidAnswers(
      Evidence evidence, GateSentences sentences, GateFindings findings) {
    double share = evidence.model().invalidShare();
    if (Double.isNaN(share)) {
      findings.failInShort(Messages.of("launcher.gate.no-invalid-share"));
    } else if (share > rules.maximumInvalidShare() + SAME) {
      findings.failInShort(sentences.invalidAnswers(share));
    }
  }
}
