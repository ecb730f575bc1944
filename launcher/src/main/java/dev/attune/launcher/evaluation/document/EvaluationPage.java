package dev.attune.launcher.evaluation.document;

import dev.attune.page.PageAssets;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Renders evaluation.html as one page without external files. The same report gives the same bytes.
 * The template engine escapes all texts. The page contains no text of a record.
 */
public final class EvaluationPage {
  private static final String PACKAGE = EvaluationPage.class.getPackageName();

  private EvaluationPage() {}

  /** Returns the page in UTF-8. */
  public static byte[] render(EvaluationReport report, EvaluationContext setting) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, EvaluationPage.class.getClassLoader(), PACKAGE);
    StringOutput page = new StringOutput();
    engine.render(
        "evaluation.jte",
        Map.of(
            "report",
            report,
            "setting",
            setting,
            "view",
            EvaluationView.of(report, setting),
            "assets",
            PageAssets.beside(EvaluationPage.class, "evaluation")),
        page);
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }
}
