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
 * The style of all charts: no frame, thin horizontal lines, muted labels, and no legend because the
 * page shows it.
 */
public final class ChartStyle {

    /** The width of one of two charts side by side, in units of the page. */
    public static final int HALF = 500;

    /** The width of a chart that spans the page, in units of the page. */
    public static final int WIDE = 1040;

    private static final int TICK_SPACING = 64;
    private static final int TICK_SPACING_VERTICAL = 40;

    /** The space that the axis labels take of a chart's width or height. */
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

    /** Returns an empty chart for points and lines. */
    public static XYChart plot(int width, int height, String horizontal, String vertical) {
        XYChart chart = new XYChart(width, height);
        chart.setXAxisTitle(horizontal);
        chart.setYAxisTitle(vertical);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        apply(chart.getStyler());
        return chart;
    }

    /** Returns an empty chart for bars with these names. */
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

    /** Adds dots of a given diameter. */
    public static XYSeries dots(
            XYChart chart, String name, double[] x, double[] y, Color colour, double diameter) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(new Dot(diameter, ""));
        series.setMarkerColor(colour);
        return series;
    }

    /** Scales the vertical axis to the range of the values. */
    public static void fitVertical(AxesChartStyler styler, int height, double[] values) {
        double[] range = range(values);
        vertical(styler, height, range[0], range[1], 1, "");
    }

    /**
     * Scales the vertical axis from 0 to slightly above the largest value. A label is the value
     * times the factor, followed by the unit.
     */
    public static void fromZero(
            AxesChartStyler styler, int height, double largest, double factor, String unit) {
        vertical(styler, height, 0, largest > 0 ? 1.05 * largest : 1, factor, unit);
    }

    /** Scales the horizontal axis to the range of the values. */
    public static void fitHorizontal(AxesChartStyler styler, int width, double[] values) {
        double[] range = range(values);
        double step = step(range[1] - range[0], width, TICK_SPACING);
        styler.setXAxisMin(range[0]);
        styler.setXAxisMax(range[1]);
        styler.setXAxisTickLabelsFormattingFunction(value -> Numbers.tick(value, step));
    }

    /** Scales the horizontal axis from the first value to the last, with a margin on both sides. */
    public static void spanHorizontal(
            AxesChartStyler styler, int width, double first, double last) {
        double range = last > first ? last - first : 1;
        double step = step(range, width, TICK_SPACING);
        styler.setXAxisMin(first - 0.02 * range);
        styler.setXAxisMax(first + 1.02 * range);
        styler.setXAxisTickLabelsFormattingFunction(value -> Numbers.tick(value, step));
    }

    /**
     * Scales the vertical axis to whole decades of the values' decimal logarithms, labelled 100, 1,
     * 0.01, 1e−4.
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

    /** Labels the horizontal axis with the whole numbers from first to last. */
    public static void countHorizontal(
            AxesChartStyler styler, int width, double first, double last) {
        double margin = last > first ? (last - first) * 0.02 : 0.5;
        styler.setXAxisMin(first - margin);
        styler.setXAxisMax(last + margin);
        styler.setXAxisTickMarkSpacingHint(
                wholeSteps(last - first + 2 * margin, width, TICK_SPACING));
        styler.setXAxisTickLabelsFormattingFunction(ChartStyle::wholeNumber);
    }

    /**
     * Labels the positions 0, 1, 2 ... of the horizontal axis with names. An empty name leaves its
     * position without a label.
     */
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

    /** Labels the vertical axis with the whole numbers from first to last. */
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

    /**
     * Returns the distance of ticks, which XChart rounds down to 1, 2 or 5 times a power of ten.
     */
    private static double step(double range, int length, int spacing) {
        return range * spacing / (length - MARGIN);
    }

    /**
     * Returns a spacing that puts no tick between two whole numbers, because XChart drops all
     * labels if two are equal. XChart rounds a spacing between 0.75 and 1.5 to steps of 1.
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

    /**
     * Returns the values' range with a margin of 1/20 on both sides, or a range around the value if
     * all are equal.
     */
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
