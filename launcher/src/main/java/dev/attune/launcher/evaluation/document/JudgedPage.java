package dev.attune.launcher.evaluation.document;

import dev.attune.page.PageAssets;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Renders evaluation.html of a conversation dataset, in the style of {@link EvaluationPage}. The
 * same view gives the same bytes.
 */
public final class JudgedPage {
  private static final String PACKAGE = JudgedPage.class.getPackageName();

  private JudgedPage() {}

  /** Returns the page in UTF-8. */
  public static byte[] render(JudgedView view) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, JudgedPage.class.getClassLoader(), PACKAGE);
    StringOutput page = new StringOutput();
    engine.render(
        "judged.jte",
        Map.of("view", view, "assets", PageAssets.beside(JudgedPage.class, "evaluation")),
        page);
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }
}
