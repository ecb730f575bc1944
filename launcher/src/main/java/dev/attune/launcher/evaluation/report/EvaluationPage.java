package dev.attune.launcher.evaluation.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Renders evaluation.html: one page that needs no other file and no network. The same report gives
 * the same bytes. Every text is escaped by the template engine; the matrix's copy of it is JSON
 * without a less-than sign.
 */
public final class EvaluationPage {
  private static final String PACKAGE = EvaluationPage.class.getPackageName();

  private EvaluationPage() {}

  /** The page in UTF-8. */
  public static byte[] render(EvaluationReport report) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, EvaluationPage.class.getClassLoader(), PACKAGE);
    StringOutput page = new StringOutput();
    engine.render(
        "evaluation.jte",
        Map.of("report", report, "view", EvaluationView.of(report), "assets", PageAssets.load()),
        page);
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }
}
