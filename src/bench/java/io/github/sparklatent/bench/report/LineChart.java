package io.github.sparklatent.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart of lines with a legend below. A single point is a dot. Values outside the range are cut off, and the title of
 * the horizontal axis names them.
 */
public final class LineChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;

    /** Height of a name in the legend. */
    private static final int NAME = 29;

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 26);
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 22);

    /** Colours for all readers, colour-blind ones included (Okabe and Ito 2008), and two more. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072b2),
            new Color(0xe69f00),
            new Color(0x009e73),
            new Color(0xcc79a7),
            new Color(0xd55e00),
            new Color(0x56b4e9),
            new Color(0x6a51a3),
            new Color(0x7f7f7f));

    private static final float THICKNESS = 3.5f;
    private static final int DOT = 14;
    private static final BasicStroke DASHED =
            new BasicStroke(THICKNESS, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {12, 8}, 0);

    private final XYChart chart = new XYChart(WIDTH, HEIGHT);
    private final double bottom;
    private final double top;

    /**
     * @param horizontal title of the axis from 0 to right
     * @param vertical title of the axis from bottom to top, with its unit
     */
    public LineChart(String title, String horizontal, String vertical, double right, double bottom, double top) {
        this.bottom = bottom;
        this.top = top;
        chart.setTitle(title);
        chart.setXAxisTitle(horizontal);
        chart.setYAxisTitle(vertical);
        style(chart.getStyler());
        chart.getStyler()
                .setXAxisMin(0.0)
                .setXAxisMax(right)
                .setYAxisMin(bottom)
                .setYAxisMax(top);
    }

    private static void style(XYStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartTitleFont(TITLE);
        styler.setLegendFont(LABELS);
        styler.setAxisTickLabelsFont(LABELS);
        styler.setAxisTitleFont(LABELS);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Vertical);
        styler.setLegendPadding(8);
        styler.setMarkerSize(DOT);
        styler.setXAxisTickMarkSpacingHint(130);
        styler.setYAxisTickMarkSpacingHint(60);
        styler.setPlotGridVerticalLinesVisible(false);
    }

    /** Adds a line through points of two numbers each. A line without points is left out. */
    public void line(String name, int colour, List<double[]> points) {
        add(name, colour, points);
    }

    /**
     * Adds a dashed line: a variant of another line of that colour.
     *
     * @param named whether the line is in the legend; if not, the title should explain dashes
     */
    public void dashed(String name, int colour, List<double[]> points, boolean named) {
        add(name, colour, points).ifPresent(series -> {
            series.setLineStyle(DASHED);
            series.setShowInLegend(named);
        });
    }

    private Optional<XYSeries> add(String name, int colour, List<double[]> points) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
        double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
        Color painted = COLOURS.get(colour % COLOURS.size());
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(points.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
                .setMarkerColor(painted)
                .setLineColor(painted)
                .setLineWidth(THICKNESS);
        return Optional.of(series);
    }

    private boolean hasLines() {
        return !chart.getSeriesCollection().isEmpty();
    }

    private int names() {
        return (int) chart.getSeriesCollection().stream()
                .filter(XYSeries::isShowInLegend)
                .count();
    }

    /** Adds the cut-off values to the title of the horizontal axis. */
    private void noteCut() {
        DoubleSummaryStatistics values = chart.getSeriesCollection().stream()
                .flatMapToDouble(series -> Arrays.stream(series.getYData()))
                .summaryStatistics();
        String cut = values.getMin() < bottom ? "; below %.0f not shown".formatted(bottom) : "";
        cut += values.getMax() > top ? "; above %.0f not shown".formatted(top) : "";
        chart.setXAxisTitle(chart.getXAxisTitle() + cut);
    }

    /** Writes the charts that have lines next to each other into a PNG file. */
    public static void write(Path file, LineChart... charts) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<LineChart> drawn =
                Arrays.stream(charts).filter(LineChart::hasLines).toList();
        int names = drawn.stream().mapToInt(LineChart::names).max().orElse(0);
        BufferedImage picture =
                new BufferedImage(WIDTH * Math.max(1, drawn.size()), HEIGHT + NAME * names, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        for (LineChart one : drawn) {
            one.noteCut();
            one.chart.paint(graphics, WIDTH, HEIGHT + NAME * one.names());
            graphics.translate(WIDTH, 0);
        }
        graphics.dispose();
        ImageIO.write(picture, "png", file.toFile());
    }
}
