package io.rtms.load;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** An outcome as a table, as CSV and as a picture. */
final class Report {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 900;
    private static final Color[] COLOURS = {new Color(0x1f77b4), new Color(0xd62728)};

    private Report() {}

    /** Lines of name and value. */
    static String table(Outcome outcome) {
        StringBuilder table = new StringBuilder();
        outcome.figures().forEach((name, value) -> table.append("%-28s %14s%n".formatted(name, number(value))));
        return table.toString();
    }

    /** With as many digits as it is worth. */
    static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 || size == Math.rint(size) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /** {@code NAME.csv}: the figures; {@code NAME-course.csv} and {@code NAME.png}: each second. */
    static void write(Outcome outcome, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        List<String> figures = new ArrayList<>(List.of("figure,value"));
        for (Map.Entry<String, Double> figure : outcome.figures().entrySet()) {
            figures.add(figure.getKey() + "," + figure.getValue());
        }
        Files.write(folder.resolve(name + ".csv"), figures);
        List<String> course = new ArrayList<>(
                List.of("second,delivered/s,p99 us,service processors,gateway processors,resident MiB"));
        for (Outcome.Second second : outcome.course()) {
            course.add(String.format(
                    Locale.ROOT,
                    "%.3f,%.0f,%.1f,%.3f,%.3f,%.1f",
                    second.at(),
                    second.delivered(),
                    second.p99(),
                    second.service(),
                    second.gateway(),
                    second.residentMiB()));
        }
        Files.write(folder.resolve(name + "-course.csv"), course);
        ChartUtils.saveChartAsPNG(folder.resolve(name + ".png").toFile(), chart(outcome, name), WIDTH, HEIGHT);
    }

    private static JFreeChart chart(Outcome outcome, String name) {
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(new NumberAxis("seconds"));
        all.add(plot("frames/s", series(outcome, "delivered", Outcome.Second::delivered)));
        all.add(plot("audio p99, ms", series(outcome, "p99", second -> second.p99() / 1000)));
        all.add(plot(
                "processors",
                series(outcome, "service", Outcome.Second::service),
                series(outcome, "gateway", Outcome.Second::gateway)));
        all.add(plot("resident MiB", series(outcome, "resident", Outcome.Second::residentMiB)));
        return new JFreeChart(name, all);
    }

    private static XYPlot plot(String label, XYSeries... lines) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        for (int line = 0; line < lines.length; line++) {
            data.addSeries(lines[line]);
            renderer.setSeriesPaint(line, COLOURS[line]);
            renderer.setSeriesStroke(line, new BasicStroke(2));
            renderer.setSeriesVisibleInLegend(line, lines.length > 1);
        }
        NumberAxis axis = new NumberAxis(label);
        axis.setAutoRangeIncludesZero(true);
        XYPlot plot = new XYPlot(data, null, axis, renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        return plot;
    }

    private static XYSeries series(Outcome outcome, String name, ToDoubleFunction<Outcome.Second> value) {
        XYSeries series = new XYSeries(name);
        outcome.course().forEach(second -> series.add(second.at(), value.applyAsDouble(second)));
        return series;
    }
}
