package dev.attune.pipeline.report;

import dev.attune.page.PageAssets;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Renders report.html: one page that needs no other file and no network. The same data give the
 * same bytes. Every text of the data is escaped by the template engine; the charts' copy of it is
 * JSON without a less-than sign.
 */
public final class ReportPage {
  private static final String PACKAGE = ReportPage.class.getPackageName();

  private static final String FOLDER = "/" + PACKAGE.replace('.', '/') + "/";

  private ReportPage() {}

  /** The page in UTF-8. */
  public static byte[] render(ReportData data) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportPage.class.getClassLoader(), PACKAGE);
    ReportView view = ReportView.of(data);
    StringOutput page = new StringOutput();
    engine.render("report.jte", Map.of("data", data, "view", view, "assets", assets()), page);
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static PageAssets assets() {
    return PageAssets.load(
        FOLDER + "report.css", FOLDER + "chart-library.txt", FOLDER + "report.js");
  }
}
