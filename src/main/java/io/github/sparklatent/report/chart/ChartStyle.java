package io.github.sparklatent.report.chart;

import io.github.sparklatent.report.format.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The one look of all charts: no frame, no legend (the page has it), thin horizontal lines, quiet
 * labels.
 */
public final class ChartStyle {

    /** Sizes in units of the page: two charts beside each other, or one across. */
    public static final int HALF = 500;

    public static final int WIDE = 1040;

    private static final int TICK_SPACING = 64;
    private static final int TICK_SPACING_VERTICAL = 40;

    /** What labels take of a chart's width or height. */
    public static final int MARGIN = 64;

    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    public static final BasicStroke DASHED =
            new BasicStroke(
                    1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);
    public static final BasicStroke DOTTED =
            new BasicStroke(
                    1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {2, 3}, 0);
    private static final BasicStroke HAIRLINE = new BasicStroke(1f);

    private ChartStyle() {}

    /** An empty chart of points and lines. */
    public static XYChart plot(int width, int height, String horizontal, String vertical) {
        XYChart chart = new XYChart(width, height);
        chart.setXAxisTitle(horizontal);
        chart.setYAxisTitle(vertical);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        apply(chart.getStyler());
        return chart;
    }

    /** An empty chart of bars over these names. */
    public static CategoryChart bars(
            int width, int height, String horizontal, String vertical, List<String> names) {
        CategoryChart chart = new CategoryChart(width, height);
        chart.setXAxisTitle(horizontal);
        chart.setYAxisTitle(vertical);
        apply(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(Math.min(0.72, names.size() / 16.0));
        chart.getStyler()
                .setXAxisTickMarkSpacingHint(
                        14 + 8 * names.stream().mapToInt(String::length).max().orElse(0));
        return chart;
    }

    /** Adds a line. */
    public static XYSeries line(
            XYChart chart, String name, double[] x, double[] y, Color colour, float thickness) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(
                new BasicStroke(thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        return series;
    }

    /** Adds dots of that diameter. */
    public static XYSeries dots(
            XYChart chart, String name, double[] x, double[] y, Color colour, double diameter) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(new Dot(diameter, ""));
        series.setMarkerColor(colour);
        return series;
    }

    /** A vertical axis from the least to the largest of these values. */
    public static void fitVertical(AxesChartStyler styler, int height, double[] values) {
        double[] range = range(values);
        vertical(styler, height, range[0], range[1], 1, "");
    }

    /**
     * A vertical axis from 0 to a little above the largest value; labels are values times a factor,
     * and a unit.
     */
    public static void fromZero(
            AxesChartStyler styler, int height, double largest, double factor, String unit) {
        vertical(styler, height, 0, largest > 0 ? 1.05 * largest : 1, factor, unit);
    }

    /** A horizontal axis from the least to the largest of these values. */
    public static void fitHorizontal(AxesChartStyler styler, int width, double[] values) {
        double[] range = range(values);
        double step = step(range[1] - range[0], width, TICK_SPACING);
        styler.setXAxisMin(range[0]);
        styler.setXAxisMax(range[1]);
        styler.setXAxisTickLabelsFormattingFunction(value -> Numbers.tick(value, step));
    }

    /** A horizontal axis from the first value to the last and a little beyond both. */
    public static void spanHorizontal(
            AxesChartStyler styler, int width, double first, double last) {
        double range = last > first ? last - first : 1;
        double step = step(range, width, TICK_SPACING);
        styler.setXAxisMin(first - 0.02 * range);
        styler.setXAxisMax(first + 1.02 * range);
        styler.setXAxisTickLabelsFormattingFunction(value -> Numbers.tick(value, step));
    }

    /**
     * A vertical axis of decades for the values' decimal logarithms, labelled 100, 1, 0.01, 1e−4.
     */
    public static void decades(AxesChartStyler styler, int height, double[] logarithms) {
        double least = Math.floor(Arrays.stream(logarithms).min().orElse(0));
        double largest = Math.max(least + 1, Math.ceil(Arrays.stream(logarithms).max().orElse(1)));
        styler.setYAxisMin(least);
        styler.setYAxisMax(largest);
        styler.setYAxisTickMarkSpacingHint(
                wholeSteps(largest - least, height, TICK_SPACING_VERTICAL));
        styler.setYAxisTickLabelsFormattingFunction(ChartStyle::decade);
    }

    /** Whole numbers from first to last along the horizontal axis. */
    public static void countHorizontal(
            AxesChartStyler styler, int width, double first, double last) {
        double margin = last > first ? (last - first) * 0.02 : 0.5;
        styler.setXAxisMin(first - margin);
        styler.setXAxisMax(last + margin);
        styler.setXAxisTickMarkSpacingHint(
                wholeSteps(last - first + 2 * margin, width, TICK_SPACING));
        styler.setXAxisTickLabelsFormattingFunction(ChartStyle::wholeNumber);
    }

    /** Names, some of them empty, at 0, 1, 2 ... along the horizontal axis. */
    public static void named(AxesChartStyler styler, int width, List<String> names) {
        styler.setXAxisMin(-0.6);
        styler.setXAxisMax(names.size() - 0.4);
        styler.setXAxisTickMarkSpacingHint(wholeSteps(names.size() + 0.2, width, 1));
        styler.setXAxisTickLabelsFormattingFunction(
                value -> {
                    long place = Math.round(value);
                    boolean name =
                            Math.abs(value - place) < 1e-9 && place >= 0 && place < names.size();
                    return name ? names.get((int) place) : Double.toString(value);
                });
    }

    /** Whole numbers from first to last along the vertical axis. */
    public static void countVertical(
            AxesChartStyler styler, int height, double first, double last) {
        styler.setYAxisMin(first - 0.6);
        styler.setYAxisMax(last + 0.6);
        styler.setYAxisTickMarkSpacingHint(
                wholeSteps(last - first + 1.2, height, TICK_SPACING_VERTICAL));
        styler.setYAxisTickLabelsFormattingFunction(ChartStyle::wholeNumber);
    }

    private static void vertical(
            AxesChartStyler styler,
            int height,
            double least,
            double largest,
            double factor,
            String unit) {
        double step = factor * step(largest - least, height, TICK_SPACING_VERTICAL);
        styler.setYAxisMin(least);
        styler.setYAxisMax(largest);
        styler.setYAxisTickLabelsFormattingFunction(
                value -> Numbers.tick(factor * value, step) + unit);
    }

    /** The distance of ticks that XChart rounds down to 1, 2 or 5 times a power of ten. */
    private static double step(double range, int length, int spacing) {
        return range * spacing / (length - MARGIN);
    }

    /**
     * A spacing that leaves no tick between two whole numbers: XChart would see equal labels and
     * drop them all. It makes steps of 1 of what is between 0.75 and 1.5.
     */
    private static int wholeSteps(double range, int length, int spacing) {
        return (int) Math.min(length, Math.max(spacing, 1.2 * (length - MARGIN) / range));
    }

    private static String decade(double exponent) {
        if (Math.abs(exponent - Math.rint(exponent)) > 1e-9) {
            return Double.toString(exponent);
        }
        long whole = Math.round(exponent);
        return whole > 3 || whole < -3
                ? "1e" + Long.toString(whole).replace('-', '−')
                : Numbers.tick(Math.pow(10, whole), Math.pow(10, Math.min(0, whole)));
    }

    private static String wholeNumber(double value) {
        return value >= 0 && Math.abs(value - Math.rint(value)) < 1e-9
                ? Numbers.tick(value, 1)
                : Double.toString(value);
    }

    /** The values' range and a twentieth beyond it; a range of one where they are all the same. */
    private static double[] range(double[] values) {
        double least = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
        double largest = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
        double margin =
                largest > least ? (largest - least) / 20 : Math.max(1, Math.abs(largest)) / 2;
        return new double[] {least - margin, largest + margin};
    }

    private static void apply(AxesChartStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Palette.NONE);
        styler.setPlotBackgroundColor(Palette.NONE);
        styler.setPlotBorderVisible(false);
        styler.setChartTitleVisible(false);
        styler.setLegendVisible(false);
        styler.setChartPadding(4);
        styler.setPlotMargin(0);
        styler.setPlotContentSize(1);
        styler.setAxisTickLabelsFont(LABELS);
        styler.setAxisTitleFont(LABELS);
        styler.setChartFontColor(Palette.MUTED);
        styler.setXAxisTitleColor(Palette.MUTED);
        styler.setYAxisTitleColor(Palette.MUTED);
        styler.setAxisTickLabelsColor(Palette.MUTED);
        styler.setAxisTickMarksColor(Palette.GRID);
        styler.setAxisTickMarksStroke(HAIRLINE);
        styler.setAxisTickMarkLength(4);
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        styler.setAxisTickPadding(5);
        styler.setAxisTitlePadding(8);
        styler.setPlotGridLinesColor(Palette.GRID);
        styler.setPlotGridLinesStroke(HAIRLINE);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setXAxisTickMarkSpacingHint(TICK_SPACING);
        styler.setYAxisTickMarkSpacingHint(TICK_SPACING_VERTICAL);
        styler.setAntiAlias(true);
    }
}
