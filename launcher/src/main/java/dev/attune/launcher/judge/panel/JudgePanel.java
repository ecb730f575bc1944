package dev.attune.launcher.judge.panel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of several judges on the same pairs of answers.
 *
 * <p>Judges of one family share their bias. So the win rate is measured once by all judges, and
 * once without each family; with one family only there is nothing to compare it with.
 */
public final class JudgePanel {
  private final List<String> families;
  private final int[][] scores;
  private final boolean[] asked;

  /**
   * Creates a panel.
   *
   * @param families of the judges
   * @param scores by judge and example: 1 for a win, 0 for a tie, -1 for a loss
   * @param asked by example: whether judges were asked; of the others every judge has the same
   *     score, which says nothing about the judges
   */
  public JudgePanel(List<String> families, int[][] scores, boolean[] asked) {
    if (families.isEmpty() || families.size() != scores.length) {
      throw new IllegalArgumentException("a family for each judge: " + families);
    }
    for (int[] row : scores) {
      if (row.length != asked.length) {
        throw new IllegalArgumentException("a score for each example: " + row.length);
      }
    }
    this.families = List.copyOf(families);
    this.scores = scores.clone();
    this.asked = asked.clone();
  }

  /**
   * The win rate by some of the judges.
   *
   * @param without the family that is left out, or null for all judges
   */
  public record Part(@Nullable String without, WinRate rate) {}

  /** Returns the number of families of the judges. */
  public int familyCount() {
    return new LinkedHashSet<>(families).size();
  }

  /** Returns the win rate by all judges, then without each family; by all only if it is one. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(null, rate(null)));
    Set<String> each = new LinkedHashSet<>(families);
    if (each.size() > 1) {
      each.forEach(family -> parts.add(new Part(family, rate(family))));
    }
    return parts;
  }

  /** Returns the win rate by one judge. */
  public WinRate rate(int judge) {
    double[] single = new double[asked.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = scores[judge][i];
    }
    return WinRate.of(single);
  }

  private WinRate rate(@Nullable String without) {
    double[] mean = new double[asked.length];
    int judges = 0;
    for (int judge = 0; judge < scores.length; judge++) {
      if (families.get(judge).equals(without)) {
        continue;
      }
      judges++;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += scores[judge][i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= judges;
    }
    return WinRate.of(mean);
  }

  /**
   * Returns Cohen's kappa of two judges over win, tie and loss: 1 for perfect agreement, 0 for that
   * of chance.
   *
   * @return null if it is undefined: no example was asked, or both always say the same
   */
  public @Nullable Double kappa(int one, int other) {
    return Kappa.of(scores[one], scores[other], asked);
  }

  /** Returns the mean kappa of all pairs of judges, or null if it is undefined for all of them. */
  public @Nullable Double meanKappa() {
    double sum = 0;
    int pairs = 0;
    for (int one = 0; one < scores.length; one++) {
      for (int other = one + 1; other < scores.length; other++) {
        Double kappa = kappa(one, other);
        sum += kappa == null ? 0 : kappa;
        pairs += kappa == null ? 0 : 1;
      }
    }
    return pairs == 0 ? null : (Double) (sum / pairs);
  }

  /**
   * Returns how many independent judges would know as much: J / (1 + (J - 1) r), where r is the
   * mean correlation of the verdicts of two judges (Kish's design effect). From 1, if all always
   * agree, to J. Agreement on what is plain counts, too, so it is a lower bound.
   */
  public double effectiveVotes() {
    int judges = scores.length;
    double sum = 0;
    int pairs = 0;
    for (int one = 0; one < judges; one++) {
      for (int other = one + 1; other < judges; other++) {
        sum += correlation(scores[one], scores[other]);
        pairs++;
      }
    }
    double mean = pairs == 0 ? 0 : Math.max(0, sum / pairs);
    return judges / (1 + (judges - 1) * mean);
  }

  /** Returns the correlation of two rows; 1 if one of them never changes. */
  private double correlation(int[] one, int[] other) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < asked.length; i++) {
      if (asked[i]) {
        n++;
        x += one[i];
        y += other[i];
        xx += one[i] * one[i];
        yy += other[i] * other[i];
        xy += one[i] * other[i];
      }
    }
    double spread = (n * xx - x * x) * (n * yy - y * y);
    return spread <= 0 ? 1 : (n * xy - x * y) / Math.sqrt(spread);
  }
}
