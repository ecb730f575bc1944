package dev.attune.pipeline.report;

import dev.attune.page.PageAssets;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Renders report.html: one page without references to other files or the network. The same data
 * give the same bytes. The template engine escapes all texts; the data of the charts are JSON
 * without a less-than sign.
 */
public final class ReportPage {
  private static final String PACKAGE = ReportPage.class.getPackageName();

  private static final String FOLDER = "/" + PACKAGE.replace('.', '/') + "/";

  private ReportPage() {}

  /** Returns the page in UTF-8. */
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
