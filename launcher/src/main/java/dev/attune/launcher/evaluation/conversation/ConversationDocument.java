package dev.attune.launcher.evaluation.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Answered;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Bench;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Compared;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Judge;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.judge.GoldAgreement;
import dev.attune.launcher.judge.JudgeHabits;
import dev.attune.launcher.judge.JudgeReply.Fault;
import dev.attune.launcher.judge.panel.JudgePanel;
import dev.attune.launcher.judge.panel.JudgePanel.Part;
import dev.attune.launcher.judge.panel.WinRate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** evaluation.json of a conversation dataset: the document of judged-evaluation.schema.json. */
final class ConversationDocument {
  private static final int PLACES = 6;

  private ConversationDocument() {}

  /** Returns the document as {@link JsonDocument#text} writes it. */
  static String of(ConversationReport report) {
    Title title = report.title();
    ObjectNode document =
        JsonDocument.object()
            .put("schemaVersion", 2)
            .put("task", "conversation")
            .put("dataset", title.dataset())
            .put("runId", title.runId())
            .put("fingerprint", title.fingerprint())
            .put("split", title.split())
            .put("examples", title.examples())
            .put("unfair", title.unfair())
            .putPOJO("model", Model.of(report.model(), title.examples()))
            .putPOJO("base", model(report, ContestantRole.BASE))
            .putPOJO("champion", model(report, ContestantRole.CHAMPION))
            .putPOJO("judging", Judging.of(report.bench()))
            .putPOJO(
                "comparisons",
                new Comparisons(
                    compared(report, ContestantRole.BASE),
                    compared(report, ContestantRole.CHAMPION)))
            .putPOJO("notes", report.notes());
    return JsonDocument.text(document);
  }

  private static @Nullable Model model(ConversationReport report, ContestantRole role) {
    return rival(report, role, rival -> Model.of(rival.answered(), report.title().examples()));
  }

  private static @Nullable Comparison compared(ConversationReport report, ContestantRole role) {
    return rival(report, role, rival -> Comparison.of(rival, report.bench().deciding()));
  }

  private static <T> @Nullable T rival(
      ConversationReport report, ContestantRole role, Function<Compared, T> member) {
    return report.rival(role).map(member).orElse(null);
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_EVEN);
  }

  private static @Nullable BigDecimal roundedOrNull(@Nullable Double value) {
    return value == null ? null : rounded(value);
  }

  private record Interval(BigDecimal value, BigDecimal low, BigDecimal high) {
    static Interval of(WinRate rate) {
      return new Interval(rounded(rate.value()), rounded(rate.low()), rounded(rate.high()));
    }
  }

  /** A share of unanswered questions, in the place of the invalid answers of a classification. */
  private record Share(BigDecimal value) {}

  private record Model(String id, String name, Share invalidShare, Map<String, Integer> failed) {
    static Model of(Answered answered, int examples) {
      double share = (double) answered.unanswered() / examples;
      return new Model(
          answered.id(), answered.name(), new Share(rounded(share)), answered.failed());
    }
  }

  private record Judging(
      String rubric,
      String rubricSha256,
      int goldChoices,
      BigDecimal minimumJudgeAgreement,
      boolean canDecide,
      List<JudgeEntry> judges) {
    static Judging of(Bench bench) {
      return new Judging(
          bench.rubric(),
          bench.rubricHash(),
          bench.goldChoices(),
          rounded(bench.minimumAgreement()),
          bench.canDecide(),
          bench.judges().stream().map(JudgeEntry::of).toList());
    }
  }

  private record JudgeEntry(
      String key,
      String model,
      String family,
      boolean used,
      @Nullable Interval goldAgreement,
      @Nullable BigDecimal goldKappa) {
    static JudgeEntry of(Judge judge) {
      GoldAgreement gold = judge.gold();
      return new JudgeEntry(
          judge.key(),
          judge.model(),
          judge.family(),
          judge.isUsed(),
          gold == null ? null : Interval.of(gold.share()),
          gold == null ? null : roundedOrNull(gold.kappa()));
    }
  }

  private record Comparisons(@Nullable Comparison base, @Nullable Comparison champion) {}

  private record Comparison(
      int pairs,
      int equal,
      int unanswered,
      List<PartEntry> winRates,
      List<Seat> judges,
      @Nullable BigDecimal kappa,
      @Nullable BigDecimal effectiveVotes) {
    static Comparison of(Compared compared, List<Judge> judges) {
      JudgePanel panel = compared.panel();
      List<Seat> seats = new ArrayList<>();
      for (int i = 0; panel != null && i < judges.size(); i++) {
        seats.add(Seat.of(judges.get(i).key(), panel.rate(i), compared.habits().get(i)));
      }
      return new Comparison(
          compared.pairs(),
          compared.equal(),
          compared.unanswered(),
          compared.parts().stream().map(PartEntry::of).toList(),
          seats,
          panel == null ? null : roundedOrNull(panel.meanKappa()),
          panel == null ? null : rounded(panel.effectiveVotes()));
    }
  }

  /** The win rate by all judges, or without those of a family. */
  private record PartEntry(
      @Nullable String without,
      BigDecimal value,
      BigDecimal low,
      BigDecimal high,
      BigDecimal standardErrors) {
    static PartEntry of(Part part) {
      WinRate rate = part.rate();
      return new PartEntry(
          part.without(),
          rounded(rate.value()),
          rounded(rate.low()),
          rounded(rate.high()),
          rounded(rate.standardErrors()));
    }
  }

  private record Seat(
      String key,
      Interval winRate,
      @Nullable BigDecimal consistency,
      int preferredFirst,
      int preferredSecond,
      @Nullable BigDecimal longerPreferred,
      Map<String, Integer> noVerdict) {
    static Seat of(String key, WinRate rate, JudgeHabits habits) {
      Map<String, Integer> faults = new LinkedHashMap<>();
      for (Map.Entry<Fault, Integer> fault : habits.faults().entrySet()) {
        faults.put(fault.getKey().words(), fault.getValue());
      }
      return new Seat(
          key,
          Interval.of(rate),
          roundedOrNull(habits.consistency()),
          habits.first(),
          habits.second(),
          roundedOrNull(habits.longerShare()),
          faults);
    }
  }
}
