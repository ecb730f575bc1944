package dev.attune.bench.measure;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws the cost of a record by the number of records as an SVG: CPU time above, wall-clock time
 * below, with a line for each program with and without near duplicates. The same results and fonts
 * give the same bytes. Measurements with a database are left out.
 */
final class CostPlot {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 760;
  private static final double GAP = 16;
  private static final double MARGIN = 1.3;

  // No font has size 12: the SVG omits this size, and viewers then use 16.
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  // Purple, blue, orange and green of a palette for colour-blind readers (Okabe and Ito).
  private static final Map<BenchProgram, Color> COLORS =
      Map.of(
          BenchProgram.LOCAL, new Color(0xcc79a7),
          BenchProgram.DIRECT, new Color(0x0072b2),
          BenchProgram.FLINK, new Color(0xd55e00),
          BenchProgram.LIMIT, new Color(0x009e73));
  private static final BasicStroke SOLID = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

  private static final Ellipse2D MARK = new Ellipse2D.Double(-3.5, -3.5, 7, 7);

  private final RoundsFile results;
  private final List<BenchInput> inputs;

  CostPlot(RoundsFile results) {
    this.results = results;
    this.inputs =
        results.all().stream()
            .map(BenchRound::input)
            .distinct()
            .filter(input -> !input.feedback())
            .toList();
  }

  /** Writes the SVG; needs no display. */
  void write(Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart().draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    try (OutputStream out = Files.newOutputStream(file)) {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT))
          .writeTo(out);
    }
  }

  private JFreeChart chart() {
    XYPlot ofCpu = plot("CPU time of a record in µs", BenchRound::cpuMicros);
    CombinedDomainXYPlot both = new CombinedDomainXYPlot(recordsAxis());
    both.setGap(GAP);
    both.add(ofCpu);
    both.add(plot("wall clock of a record in µs", BenchRound::micros));
    both.setFixedLegendItems(ofCpu.getLegendItems());
    JFreeChart chart = new JFreeChart("What a record costs", TITLE, both, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setItemFont(LABEL);
    chart.getLegend().setFrame(BlockBorder.NONE);
    return chart;
  }

  private LogAxis recordsAxis() {
    LogAxis records = new LogAxis("records");
    records.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
    records.setTickUnit(new NumberTickUnit(1)); // powers of ten
    double least = inputs.stream().mapToInt(BenchInput::records).min().orElse(1);
    double most = inputs.stream().mapToInt(BenchInput::records).max().orElse(10);
    records.setRange(least / MARGIN, most * MARGIN);
    records.setLabelFont(LABEL);
    records.setTickLabelFont(TICK);
    return records;
  }

  private XYPlot plot(String label, ToDoubleFunction<BenchRound> figure) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(true);
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    XYSeriesCollection lines = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
    for (BenchProgram program : BenchProgram.values()) {
      for (boolean near : new boolean[] {false, true}) {
        XYSeries line = line(program, near, figure);
        if (!line.isEmpty()) {
          int place = lines.getSeriesCount();
          lines.addSeries(line);
          renderer.setSeriesPaint(place, COLORS.get(program));
          renderer.setSeriesShape(place, MARK);
          renderer.setSeriesStroke(place, near ? DASHED : SOLID);
        }
      }
    }
    XYPlot plot = new XYPlot(lines, null, axis, renderer);
    plot.setBackgroundPaint(Color.WHITE);
    return plot;
  }

  private XYSeries line(BenchProgram program, boolean near, ToDoubleFunction<BenchRound> figure) {
    XYSeries line = new XYSeries(program.key() + (near ? ", near" : ""));
    for (BenchInput input : inputs) {
      List<BenchRound> rounds = results.of(program, input);
      if (input.near() == near && !rounds.isEmpty()) {
        line.add(input.records(), new RoundStatistics(rounds).median(figure));
      }
    }
    return line;
  }
}
