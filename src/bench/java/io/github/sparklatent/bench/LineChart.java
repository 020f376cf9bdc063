package io.github.sparklatent.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over a range, with a legend beside them. Values outside the range are cut off. */
public final class LineChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 26);
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 22);

    /** Told apart by people who see colours differently (Okabe and Ito 2008), and two more. */
    private static final List<Color> COLOURS =
            List.of(
                    new Color(0x0072b2),
                    new Color(0xe69f00),
                    new Color(0x009e73),
                    new Color(0xcc79a7),
                    new Color(0xd55e00),
                    new Color(0x56b4e9),
                    new Color(0x6a51a3),
                    new Color(0x7f7f7f));

    private final XYChart chart = new XYChart(WIDTH, HEIGHT);

    private LineChart(String title, String horizontal) {
        chart.setTitle(title);
        chart.setXAxisTitle(horizontal);
        style(chart.getStyler());
    }

    /**
     * @param horizontal what lies along the axis from 0 to right
     * @param bottom least value shown
     * @param top greatest value shown
     */
    public LineChart(String title, String horizontal, double right, double bottom, double top) {
        this(title, horizontal);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(right).setYAxisMin(bottom).setYAxisMax(top);
    }

    /** Both axes logarithmic, as far as the lines go. */
    static LineChart logarithmic(String title, String horizontal) {
        LineChart logarithmic = new LineChart(title, horizontal);
        logarithmic.chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        return logarithmic;
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
        styler.setPlotGridVerticalLinesVisible(false);
    }

    /** Adds a line through points of two numbers each; without points it is left out. */
    public void line(String name, int colour, List<double[]> points) {
        if (!points.isEmpty()) {
            double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
            double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
            chart.addSeries(name, x, y)
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(COLOURS.get(colour % COLOURS.size()))
                    .setLineWidth(3.5f);
        }
    }

    private boolean hasLines() {
        return !chart.getSeriesCollection().isEmpty();
    }

    /** Writes charts that have lines, beside each other, as a PNG. */
    public static void write(Path file, LineChart... charts) throws IOException {
        List<XYChart> drawn =
                Arrays.stream(charts).filter(LineChart::hasLines).map(c -> c.chart).toList();
        BufferedImage picture =
                new BufferedImage(
                        WIDTH * Math.max(1, drawn.size()), HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < drawn.size(); i++) {
            picture.getGraphics()
                    .drawImage(BitmapEncoder.getBufferedImage(drawn.get(i)), i * WIDTH, 0, null);
        }
        ImageIO.write(picture, "png", file.toFile());
    }
}
