package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.figures.JudgedAnswer;
import dev.attune.launcher.evaluation.figures.MeasuredAnswers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Evaluations of models that are right as often as one likes, and confuse neighbours. */
public final class Simulated {
  private Simulated() {}

  /** Examples with one category each. */
  public static EvaluationReport singleLabel(List<String> ids, int examples, double skill) {
    SplittableRandom random = new SplittableRandom(1);
    List<String> truths = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      truths.add(ids.get(random.nextInt(ids.size())));
    }
    return report(
        ids,
        answers(truths, ids, skill, 2),
        answers(truths, ids, skill / 3, 3),
        answers(truths, ids, skill * 0.97, 4));
  }

  private static List<JudgedAnswer> answers(
      List<String> truths, List<String> ids, double skill, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<JudgedAnswer> answers = new ArrayList<>();
    for (String truth : truths) {
      int place = ids.indexOf(truth);
      double dice = random.nextDouble();
      List<String> predicted;
      if (dice < skill) {
        predicted = List.of(truth);
      } else if (dice > 0.99) {
        predicted = List.of();
      } else if (random.nextInt(4) > 0) {
        predicted = List.of(ids.get((place + 1 + place % 3) % ids.size()));
      } else {
        predicted = List.of(ids.get(random.nextInt(ids.size())));
      }
      answers.add(new JudgedAnswer(List.of(truth), predicted));
    }
    return answers;
  }

  /** Examples with one to three categories each. */
  public static EvaluationReport multiLabel(List<String> ids, int examples, double skill) {
    SplittableRandom random = new SplittableRandom(5);
    List<List<String>> truths = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      TreeSet<Integer> places = new TreeSet<>();
      int many = 1 + random.nextInt(3);
      for (int k = 0; k < many; k++) {
        places.add((int) (ids.size() * Math.pow(random.nextDouble(), 1.7)));
      }
      truths.add(places.stream().map(ids::get).toList());
    }
    return report(
        ids,
        severalAnswers(truths, ids, skill, 6),
        severalAnswers(truths, ids, skill / 2, 7),
        severalAnswers(truths, ids, skill * 1.01, 8));
  }

  private static List<JudgedAnswer> severalAnswers(
      List<List<String>> truths, List<String> ids, double skill, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<JudgedAnswer> answers = new ArrayList<>();
    for (List<String> truth : truths) {
      TreeSet<Integer> places = new TreeSet<>();
      for (String id : truth) {
        int place = ids.indexOf(id);
        double dice = random.nextDouble();
        if (dice < skill) {
          places.add(place);
        } else if (dice < skill + (1 - skill) * 0.6) {
          places.add((place + 2) % ids.size());
        }
      }
      if (random.nextInt(12) == 0) {
        places.add(random.nextInt(ids.size()));
      }
      boolean invalid = random.nextInt(50) == 0;
      answers.add(
          new JudgedAnswer(truth, invalid ? List.of() : places.stream().map(ids::get).toList()));
    }
    return answers;
  }

  /** A report about three models. */
  public static EvaluationReport report(
      List<String> ids,
      List<JudgedAnswer> model,
      List<JudgedAnswer> base,
      List<JudgedAnswer> champion) {
    MeasuredAnswers own = MeasuredAnswers.of(ids, model);
    MeasuredAnswers other = MeasuredAnswers.of(ids, base);
    MeasuredAnswers best = MeasuredAnswers.of(ids, champion);
    Map<String, String> names = new LinkedHashMap<>();
    ids.forEach(id -> names.put(id, id));
    return new EvaluationReport(
        new Title(
            "banking",
            "3fa9c1d2e4b5",
            "sha256:" + "0123456789abcdef".repeat(4),
            "validation",
            model.size(),
            0),
        names,
        new Measured(
            ContestantRole.MODEL,
            "3fa9c1d2e4b5-1",
            "local/3fa9c1d2e4b5-1",
            own.figures(),
            Map.of()),
        List.of(
            new Rival(
                new Measured(
                    ContestantRole.BASE,
                    "linear-baseline",
                    "local/base",
                    other.figures(),
                    Map.of()),
                own.against(other)),
            new Rival(
                new Measured(
                    ContestantRole.CHAMPION,
                    "0a1b2c3d4e5f-1",
                    "local/0a",
                    best.figures(),
                    Map.of()),
                own.against(best))),
        List.of(
            "The champion was tuned on another dataset: it may have seen some of these examples."));
  }
}
