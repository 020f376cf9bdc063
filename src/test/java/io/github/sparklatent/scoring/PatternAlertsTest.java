package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.LinearTrainer;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The share of alerts is the alert rate, 1%, whatever cells rows miss. Models are fitted; known and fresh rows are not
 * those of the fit. {@code -Dpatterns.all} prints the shares of all tables, for the page "Missing values".
 */
class PatternAlertsTest {
    private static final int ROWS = 20_000;
    private static final double RATE = 0.01;

    /**
     * Known and fresh rows together have a standard error of √(2 · 0.01 · 0.99 / 20,000) = 0.001. The bounds are 4.5 of
     * these from the rate.
     */
    private static final double LEAST = 0.0055;

    private static final double GREATEST = 0.0145;

    /** Rows with their weights. */
    private record Table(DMatrixRMaj rows, double[] weights) {}

    /**
     * A distribution of rows.
     *
     * @param isMixed whether columns are numbers, categories and counts, independent within a component; else all are
     *     numbers that depend on each other, two of them with a correlation of 0.9999
     * @param d number of columns
     * @param components number of components
     * @param spread standard deviation of their means
     * @param missing share of the cells that the rows of the training and the reference rows miss
     * @param isWeighted whether the rows of every second component have the weight 3
     */
    record Source(boolean isMixed, int d, int components, double spread, double missing, boolean isWeighted) {
        private MixedMixture mixture() {
            Random random = new Random(7);
            List<Column> columns = new ArrayList<>();
            List<DMatrixRMaj> discrete = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                boolean isCount = j % 3 == 2;
                if (!isMixed || j % 3 == 0) {
                    columns.add(new Column(CellFamily.GAUSSIAN, 0));
                    continue;
                }
                columns.add(
                        isCount ? new Column(CellFamily.POISSON, 100) : new Column(CellFamily.CATEGORICAL, 2 + j % 7));
                DMatrixRMaj table = new DMatrixRMaj(components, isCount ? 1 : 2 + j % 7);
                for (int k = 0; k < components; k++) {
                    double[] values = random.doubles(table.numCols)
                            .map(u -> isCount ? Math.exp(3 * u) : u * u + 0.01)
                            .toArray();
                    double sum = isCount ? 1 : Arrays.stream(values).sum();
                    for (int x = 0; x < values.length; x++) {
                        table.set(k, x, values[x] / sum);
                    }
                }
                discrete.add(table);
            }
            double[] weights = new double[components];
            Arrays.fill(weights, 1.0 / components);
            int numbers = (int) columns.stream()
                    .filter(column -> column.family() == CellFamily.GAUSSIAN)
                    .count();
            DMatrixRMaj means = new DMatrixRMaj(components, numbers);
            List<DMatrixRMaj> covariances = new ArrayList<>();
            for (int k = 0; k < components; k++) {
                for (int j = 0; j < numbers; j++) {
                    means.set(k, j, spread * random.nextGaussian());
                }
                covariances.add(covariance(numbers, random));
            }
            return new MixedMixture(
                    new MixedColumns(columns),
                    weights,
                    MixtureParameters.of(CovarianceType.FULL, weights, means, covariances),
                    discrete,
                    List.of());
        }

        private DMatrixRMaj covariance(int numbers, Random random) {
            DMatrixRMaj root = new DMatrixRMaj(numbers, numbers);
            for (int i = 0; i < numbers; i++) {
                root.set(i, i, Math.exp(0.3 * random.nextGaussian()));
                for (int j = 0; j < i && !isMixed; j++) {
                    root.set(i, j, random.nextGaussian() / Math.sqrt(numbers));
                }
            }
            if (!isMixed) {
                root.set(1, 0, 0.9999);
                root.set(0, 0, 1);
                root.set(1, 1, Math.sqrt(1 - 0.9999 * 0.9999));
            }
            DMatrixRMaj covariance = new DMatrixRMaj(numbers, numbers);
            CommonOps_DDRM.multTransB(root, root, covariance);
            return covariance;
        }

        private Table table(long seed, double share, int... without) {
            MixedSampler sampler = new MixedSampler(mixture(), seed);
            Random random = new Random(seed);
            DMatrixRMaj rows = new DMatrixRMaj(ROWS, d);
            double[] weights = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                int component = sampler.component(i);
                double[] row = sampler.row(i, component);
                for (int j = 0; j < d; j++) {
                    rows.set(i, j, random.nextDouble() < share ? Double.NaN : row[j]);
                }
                rows.set(i, i % d, row[i % d]); // no row without any cell
                for (int j : without) {
                    rows.set(i, j, Double.NaN);
                }
                weights[i] = isWeighted && component % 2 == 1 ? 3 : 1;
            }
            return new Table(rows, weights);
        }

        private RowModel fitted() {
            Table table = table(1, missing);
            MixedMixture start = mixture();
            InMemoryRowBlocks blocks = new InMemoryRowBlocks(
                    List.of(List.of(new Block(table.rows(), isWeighted ? table.weights() : null, ROWS))));
            if (!isMixed) {
                MixtureOptions options = MixtureOptions.DEFAULT.withComponents(List.of(components));
                MixtureParameters found = new MixtureTrainer(
                                blocks, null, options, start.gaussian(), SearchListener.none())
                        .fit()
                        .best()
                        .mixture()
                        .gaussian();
                return new SavedContent.Mixture(TableMixture.of(found), null).rows(null);
            }
            MixtureOptions options =
                    MixtureOptions.DEFAULT.withComponents(List.of(components)).withCovariance(CovarianceType.FULL);
            MixedMixture found = new MixtureTrainer(
                            blocks, null, start.columns(), options, start, SearchListener.none())
                    .fit()
                    .best()
                    .mixture();
            List<Feature> features = IntStream.range(0, d)
                    .mapToObj(j -> feature("c" + j, found.columns().get(j)))
                    .toList();
            return new SavedContent.Mixture(new TableMixture(found, features, found.weights()), null).rows(null);
        }
    }

    static Feature feature(String name, Column column) {
        List<String> levels = IntStream.range(0, column.family() == CellFamily.CATEGORICAL ? column.levels() : 0)
                .mapToObj(String::valueOf)
                .toList();
        return new Feature(name, TableMixture.kind(column.family()), levels);
    }

    /** Returns the scores of rows by which they are compared. */
    private static double[] scores(RowModel model, DMatrixRMaj rows, ScoreColumn column) {
        BatchScorer scorer = model.scorer(EnumSet.of(column));
        double[] scores = new double[rows.numRows];
        int d = rows.numCols;
        for (int from = 0; from < rows.numRows; from += scorer.height()) {
            int n = Math.min(scorer.height(), rows.numRows - from);
            scorer.score(Arrays.copyOfRange(rows.data, from * d, (from + n) * d), n);
            for (int i = 0; i < n; i++) {
                scores[from + i] = (double) scorer.value(column, i);
            }
        }
        return scores;
    }

    /** Says which rows count, by their number of observed cells. */
    private interface Counts {
        boolean contains(int observed);
    }

    private static double share(double[] scores, Table table, double threshold, Counts counts) {
        double alerts = 0;
        double total = 0;
        int d = table.rows().numCols;
        for (int i = 0; i < scores.length; i++) {
            int observed = 0;
            for (int j = 0; j < d; j++) {
                observed += Double.isNaN(table.rows().get(i, j)) ? 0 : 1;
            }
            double weight = counts.contains(observed) ? table.weights()[i] : 0;
            total += weight;
            alerts += scores[i] > threshold ? weight : 0;
        }
        return alerts / total;
    }

    /** Returns fixed sets of missing columns, of which all but the last two leave at least half of the columns. */
    private static Map<String, int[]> patterns(int d) {
        Map<String, int[]> patterns = new LinkedHashMap<>();
        patterns.put("none", new int[0]);
        patterns.put("first", new int[] {0});
        patterns.put("last", new int[] {d - 1});
        patterns.put("first two", new int[] {0, 1});
        patterns.put("1 and 3", new int[] {1, 3});
        patterns.put("last two", new int[] {d - 2, d - 1});
        patterns.put("odd", IntStream.range(0, d).filter(j -> j % 2 == 1).toArray());
        patterns.put("first half", IntStream.range(0, d / 2).toArray());
        patterns.put("but first 3", IntStream.range(3, d).toArray());
        patterns.put("but last 3", IntStream.range(0, d - 3).toArray());
        return patterns;
    }

    /** Returns the shares of alerts by what rows miss. */
    private static Map<String, Double> shares(Source source, RowModel model) {
        Table known = source.table(2, source.missing());
        double threshold = ReferenceScores.of()
                .with(WeightedScores.of(scores(model, known.rows(), ScoreColumn.STANDARDIZED), known.weights()), RATE)
                .exceededBy(RATE);
        Map<String, Double> shares = new LinkedHashMap<>();
        patterns(source.d()).forEach((name, columns) -> {
            Table fresh = source.table(3, 0, columns);
            double[] scores = scores(model, fresh.rows(), ScoreColumn.STANDARDIZED);
            shares.put(name, share(scores, fresh, threshold, observed -> true));
        });
        for (double missing : new double[] {0.1, 0.3}) {
            Table fresh = source.table(4, missing);
            double[] scores = scores(model, fresh.rows(), ScoreColumn.STANDARDIZED);
            double usual = (1 - missing) * source.d();
            shares.put("random " + missing, share(scores, fresh, threshold, observed -> true));
            shares.put(
                    "random %s, more cells".formatted(missing),
                    share(scores, fresh, threshold, observed -> observed > usual));
            shares.put(
                    "random %s, fewer cells".formatted(missing),
                    share(scores, fresh, threshold, observed -> observed < usual && observed > 2));
        }
        return shares;
    }

    static Stream<Source> sources() {
        return Stream.of(
                new Source(false, 20, 1, 0, 0, false),
                new Source(false, 5, 5, 10, 0, true),
                new Source(true, 20, 5, 6, 0.3, false));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theShareOfAlertsDoesNotDependOnMissingCells(Source source) {
        Map<String, Double> shares = shares(source, source.fitted());
        if (source.isMixed()) { // a few cells do not tell the components apart
            shares.keySet().removeAll(List.of("but first 3", "but last 3"));
        }
        assertThat(shares.values()).as("%s: %s", source, shares).allMatch(share -> share >= LEAST && share <= GREATEST);
    }

    /** Where components overlap, there are too few alerts, but not too many. */
    @Test
    void overlappingComponentsHaveFewAlerts() {
        Source source = new Source(false, 5, 5, 1, 0, false);
        Map<String, Double> shares = shares(source, source.fitted());
        assertThat(shares.values()).as("%s", shares).allMatch(share -> share > 0.002 && share <= GREATEST);
    }

    @Test
    void ofALinearModel() {
        Source source = new Source(false, 20, 1, 0, 0, false);
        InMemoryRowBlocks blocks = InMemoryRowBlocks.of(source.table(1, 0).rows(), 256);
        RowModel model = new SavedContent.Linear(
                        LinearTrainer.fit(blocks, LinearOptions.FACTOR_ANALYSIS.withLatent(12))
                                .model(),
                        null)
                .rows(null);
        Map<String, Double> shares = shares(source, model);
        assertThat(shares.values()).as("%s", shares).allMatch(share -> share >= LEAST && share <= GREATEST);
    }

    /** Standardised scores of complete rows grow with their scores. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void completeRowsKeepTheirOrder(CovarianceType type) {
        MixtureParameters normal = MixtureParameters.of(
                type,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(new double[][] {{0, 0, 0}, {3, 1, 0}}),
                covariances(type));
        RowModel model = new SavedContent.Mixture(TableMixture.of(normal), null).rows(null);
        DMatrixRMaj rows = new Source(false, 3, 2, 2, 0, false).table(1, 0).rows();
        double[] scores = scores(model, rows, ScoreColumn.ANOMALY);
        double[] standardized = scores(model, rows, ScoreColumn.STANDARDIZED);
        Integer[] order = IntStream.range(0, ROWS).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        for (int i = 1; i < ROWS; i++) {
            assertThat(standardized[order[i]]).isGreaterThanOrEqualTo(standardized[order[i - 1]]);
        }
    }

    private static List<DMatrixRMaj> covariances(CovarianceType type) {
        DMatrixRMaj own = switch (type) {
            case FULL, TIED -> new DMatrixRMaj(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 1}});
            case DIAGONAL -> new DMatrixRMaj(new double[][] {{2, 1, 1}, {1, 1, 3}});
            case SPHERICAL -> new DMatrixRMaj(new double[][] {{2}, {1}});
            case FACTOR -> new DMatrixRMaj(new double[][] {{1, 1}, {1, 2}, {0, 1}});
            case PPCA -> new DMatrixRMaj(new double[][] {{1, 1}, {1, 1}, {0, 1}});
        };
        return type == CovarianceType.FULL || type.isFactored() ? List.of(own, own) : List.of(own);
    }

    /** A missing cell leaves the score of a mixture of the other columns. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aMissingCellLeavesTheModelOfTheOthers(CovarianceType type) {
        List<DMatrixRMaj> covariances = covariances(type);
        MixtureParameters three = MixtureParameters.of(
                type, new double[] {0.4, 0.6}, new DMatrixRMaj(new double[][] {{0, 0, 0}, {3, 1, 0}}), covariances);
        MixtureParameters two = MixtureParameters.of(
                type,
                new double[] {0.4, 0.6},
                new DMatrixRMaj(new double[][] {{0, 0}, {3, 1}}),
                covariances.stream()
                        .map(all -> CommonOps_DDRM.extract(all, 0, 2, 0, type == CovarianceType.SPHERICAL ? 1 : 2))
                        .toList());
        double[] row = {0.5, -2, Double.NaN};
        for (ScoreColumn column : List.of(ScoreColumn.ANOMALY, ScoreColumn.STANDARDIZED)) {
            double of = scores(
                    new SavedContent.Mixture(TableMixture.of(three), null).rows(null),
                    DMatrixRMaj.wrap(1, 3, row.clone()),
                    column)[0];
            double expected = scores(
                    new SavedContent.Mixture(TableMixture.of(two), null).rows(null),
                    DMatrixRMaj.wrap(1, 2, Arrays.copyOf(row, 2)),
                    column)[0];
            assertThat(of).isCloseTo(expected, within(1e-10));
        }
    }

    @Test
    void printsAll() {
        if (!Boolean.getBoolean("patterns.all")) {
            return;
        }
        for (boolean isMixed : new boolean[] {false, true}) {
            for (int d : new int[] {5, 20, 60}) {
                for (double[] form : new double[][] {{1, 0}, {5, 10}, {5, 1}}) {
                    for (double missing : new double[] {0, 0.3}) {
                        Source source = new Source(isMixed, d, (int) form[0], form[1], missing, d == 20);
                        StringBuilder line = new StringBuilder(source + ":");
                        shares(source, source.fitted())
                                .forEach((name, share) -> line.append(String.format(
                                        Locale.ROOT,
                                        " | %s %.4f%s",
                                        name,
                                        share,
                                        share < LEAST ? "-" : share > GREATEST ? "+" : "")));
                        System.out.println(line);
                    }
                }
            }
        }
    }
}
