package dev.attune.launcher.evaluation.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of both pages against level AA of WCAG 2.2: 4.5 to 1 for text. */
class PageContrastTest {
  private static final double LEAST = 4.5;

  private static final Pattern COLOUR = Pattern.compile("--([a-z]+): (#[0-9a-f]{6});");

  private static final Pattern SHADE =
      Pattern.compile(
          "\\.right(\\d), [^{]*\\{ background: color-mix\\([^,]*, var\\(--tint\\) (\\d+)%");

  private static final List<String> TEXTS =
      List.of(
          "ink",
          "quiet",
          "training",
          "validation",
          "rejected",
          "right",
          "wrong",
          "missing",
          "invalid",
          "good",
          "alarm");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textCanBeReadOnEveryGround(boolean dark) throws Exception {
    Map<String, double[]> colours = palette(dark);
    for (String text : TEXTS) {
      for (String ground : List.of("paper", "raised")) {
        assertThat(contrast(colour(colours, text), colour(colours, ground)))
            .as("%s on %s, dark: %s", text, ground, dark)
            .isGreaterThanOrEqualTo(LEAST);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsCanBeReadOnEveryShadeOfTheMatrix(boolean dark) throws Exception {
    Map<String, double[]> colours = palette(dark);
    double[] paper = colour(colours, "paper");
    double[] ink = colour(colours, "ink");
    List<Integer> parts = new ArrayList<>();
    Matcher shade = SHADE.matcher(text("/dev/attune/launcher/evaluation/document/evaluation.css"));
    while (shade.find()) {
      int part = Integer.parseInt(shade.group(2));
      parts.add(part);
      for (String tint : List.of("right", "wrong", "missing", "invalid")) {
        double[] ground = mix(colour(colours, tint), paper, part / 100.0);
        double[] count = part > 50 ? paper : ink;
        assertThat(contrast(count, ground))
            .as("a count on shade %s of %s, dark: %s", shade.group(1), tint, dark)
            .isGreaterThanOrEqualTo(LEAST);
      }
    }
    assertThat(parts).hasSize(ConfusionMatrix.SHADES - 1).isSorted();
  }

  private static Map<String, double[]> palette(boolean dark) throws Exception {
    String style = text("/dev/attune/page/page.css");
    int night = style.indexOf("prefers-color-scheme: dark");
    Map<String, double[]> colours = new HashMap<>();
    Matcher light = COLOUR.matcher(style.substring(0, night));
    while (light.find()) {
      colours.put(light.group(1), rgb(light.group(2)));
    }
    Matcher other = COLOUR.matcher(style.substring(night));
    while (dark && other.find()) {
      colours.put(other.group(1), rgb(other.group(2)));
    }
    return colours;
  }

  private static double[] colour(Map<String, double[]> colours, String name) {
    return Objects.requireNonNull(colours.get(name), name);
  }

  private static double[] rgb(String hex) {
    int value = Integer.parseInt(hex.substring(1), 16);
    return new double[] {value >> 16, value >> 8 & 0xff, value & 0xff};
  }

  private static double[] mix(double[] some, double[] other, double part) {
    double[] mixed = new double[3];
    for (int i = 0; i < 3; i++) {
      mixed[i] = some[i] * part + other[i] * (1 - part);
    }
    return mixed;
  }

  private static double contrast(double[] some, double[] other) {
    double a = luminance(some);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(double[] rgb) {
    return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
  }

  private static double linear(double value) {
    double share = value / 255;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static String text(String path) throws Exception {
    try (InputStream in = PageContrastTest.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
