package io.github.sparklatent.metrics.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Shapes and trends are those of SDMetrics 0.32.0 (pandas 2.3.3, NumPy 2.4.6, SciPy 1.17.1). This program printed the
 * expected figures:
 *
 * <pre>{@code
 * import numpy, pandas
 * from sdmetrics.reports.single_table import QualityReport
 * from sdmetrics.single_column import MissingValueSimilarity
 *
 * def figures(real, drawn, numbers):
 *     columns = {c: {"sdtype": "numerical" if c in numbers else "categorical"} for c in real}
 *     for correlation, association in (0.5, 0.3), (0, 0):  # the first are the defaults
 *         report = QualityReport()
 *         report.real_correlation_threshold = correlation
 *         report.real_association_threshold = association
 *         report.generate(real, drawn, {"columns": columns}, verbose=False)
 *         print(report.get_properties())
 *     print(numpy.mean([MissingValueSimilarity.compute(real[c], drawn[c]) for c in real]))
 *
 * adult = pandas.read_csv("conf/data/adult.csv.gz", header=None, skipinitialspace=True, na_values="?")
 * real, drawn = (adult[k::2].reset_index(drop=True) for k in (0, 1))
 * for j in range(3, 15, 4):
 *     drawn[j] = numpy.roll(drawn[j], 7)
 * figures(real, drawn, [0, 2, 4, 10, 11, 12])
 *
 * days = pandas.read_csv("conf/data/days.csv.gz").drop(columns="day")
 * days.columns = range(9)
 * real, drawn = (days[k::2].reset_index(drop=True).astype(float) for k in (0, 1))
 * rows = numpy.arange(1000)
 * for j in range(9):
 *     real.loc[(3 * rows + 5 * j) % 11 == 0, j] = numpy.nan
 *     drawn.loc[(rows + 2 * j) % 7 == 0, j] = numpy.nan
 * drawn[0] *= 1.3
 * drawn[2] = numpy.roll(drawn[2], 1)
 * figures(real, drawn, range(4))
 *
 * drawn[1], drawn[3], drawn[7], drawn[8] = 300.0, numpy.nan, numpy.nan, 0.0
 * figures(real, drawn, range(4))
 * }</pre>
 */
class SdMetricsTest {
    /** Rounding of sums over some thousand rows; all figures are computed the same way. */
    private static final double ROUNDING = 1e-9;

    private static final int[] DAYS = {0, 0, 0, 0, 2, 2, 2, 2, 2};

    private static void assertFigures(
            ComparedRows real, ComparedRows drawn, double shape, double trend, double allPairsTrend, double missing) {
        PairTrends trends = PairTrends.of(real, drawn);

        assertThat(ColumnShapes.mean(ColumnShapes.of(real, drawn))).as("shape").isCloseTo(shape, within(ROUNDING));
        assertThat(trends.meanOfRelated()).as("trend").isCloseTo(trend, within(ROUNDING));
        assertThat(trends.mean()).as("trend, all").isCloseTo(allPairsTrend, within(ROUNDING));
        assertThat(ColumnShapes.mean(ColumnShapes.missing(real, drawn)))
                .as("missing")
                .isCloseTo(missing, within(ROUNDING));
    }

    @Test
    void ofCensusRowsWithShiftedColumns() {
        List<String[]> cells = read("adult", ", ");
        int[] levels = new int[15];
        double[][] rows = new double[cells.size()][15];
        for (int j = 0; j < 15; j++) {
            int column = j;
            boolean isNumber = List.of(0, 2, 4, 10, 11, 12).contains(j);
            List<String> names = cells.stream()
                    .map(row -> row[column])
                    .filter(name -> !name.equals("?"))
                    .distinct()
                    .toList();
            levels[j] = isNumber ? 0 : names.size();
            for (int i = 0; i < rows.length; i++) {
                int code = names.indexOf(cells.get(i)[j]);
                rows[i][j] = isNumber ? Double.parseDouble(cells.get(i)[j]) : code < 0 ? Double.NaN : code;
            }
        }
        double[][] drawn = half(rows, 1);
        for (int j = 3; j < 15; j += 4) {
            shift(drawn, j, 7);
        }

        assertFigures(
                compared(levels, half(rows, 0)),
                compared(levels, drawn),
                0.9825860968347802,
                0.8333230769230767,
                0.9298980460036731,
                0.9998133333333333);
    }

    /** Rows of the shop in two tables with missing cells, the second drawn badly. */
    private static double[][] days(int first) {
        List<String[]> cells = read("days", ",");
        double[][] rows = new double[1_000][9];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 9; j++) {
                rows[i][j] = Double.parseDouble(cells.get(1 + 2 * i + first)[1 + j]);
                boolean isMissing = first == 0 ? (3 * i + 5 * j) % 11 == 0 : (i + 2 * j) % 7 == 0;
                rows[i][j] = isMissing ? Double.NaN : rows[i][j];
            }
            rows[i][0] *= first == 0 ? 1 : 1.3;
        }
        if (first == 1) {
            shift(rows, 2, 1);
        }
        return rows;
    }

    @Test
    void ofAShopWithMissingCells() {
        assertFigures(
                compared(DAYS, days(0)),
                compared(DAYS, days(1)),
                0.9654443836508835,
                0.774139077226308,
                0.7902572360182201,
                0.948);
    }

    /**
     * The pairs of a constant or an empty column with another number, and the shape of an empty column, are not defined
     * and left out; their other pairs count.
     */
    @Test
    void ofAShopWhoseGeneratorHasCollapsed() {
        double[][] drawn = days(1);
        for (double[] row : drawn) {
            row[1] = 300;
            row[3] = Double.NaN;
            row[7] = Double.NaN;
            row[8] = 0;
        }

        assertFigures(
                compared(DAYS, days(0)),
                compared(DAYS, drawn),
                0.870313466393506,
                0.6500992868932955,
                0.427628917240854,
                0.7488888888888888);
    }

    private static ComparedRows compared(int[] levels, double[][] rows) {
        return new ComparedRows(levels, new DMatrixRMaj(rows));
    }

    private static double[][] half(double[][] rows, int first) {
        return IntStream.range(0, rows.length / 2)
                .mapToObj(i -> rows[2 * i + first].clone())
                .toArray(double[][]::new);
    }

    /** Moves the cells of a column some rows down, and the last ones to the top. */
    private static void shift(double[][] rows, int column, int by) {
        double[] cells = IntStream.range(0, rows.length)
                .mapToDouble(i -> rows[i][column])
                .toArray();
        for (int i = 0; i < cells.length; i++) {
            rows[(i + by) % cells.length][column] = cells[i];
        }
    }

    private static List<String[]> read(String name, String separator) {
        Path file = Path.of("conf/data/" + name + ".csv.gz");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            return lines.lines().map(line -> line.split(separator)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
