package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.scoring.BatchScorer;
import io.github.sparklatent.scoring.DensityExplainer;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.MixtureBatchScorer;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.SizedCache;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The mixtures by group, as the workers need them. The tasks of a process share the densities that were used last. All
 * densities together may be far larger than the parameters: a count with a mean as its only parameter has a table of
 * thousands of categories.
 *
 * @param all the mixture of the other groups
 * @param own mixtures of the groups whose scores are relative to a mean of their own, by key
 * @param columns columns of the table with the group
 * @param names names of the numbers of a row
 */
record GroupMixtures(Own all, HashMap<List<String>, Own> own, List<String> columns, List<String> names)
        implements Serializable {
    /** Densities of all models of the process. They fill at most an eighth of its memory. */
    private static final SizedCache<MixedMixture, MixedDensity> DENSITIES = new SizedCache<>(
            Runtime.getRuntime().maxMemory() / 8,
            density -> density.bytes() + density.mixture().bytes());

    /** A mixture with the mean log-likelihood, in nats, of the training rows that it scores. */
    record Own(MixedMixture mixture, double mean) implements Serializable {
        private MixedDensity density() {
            return DENSITIES.get(mixture, MixedDensity::inTask);
        }
    }

    /** A group that has enough rows for a mean, and no model for another reason, has a mean of its own. */
    static GroupMixtures of(MixtureOfRows<?> ofAll, Groups groups) {
        MixedMixture all = ofAll.asMixed();
        HashMap<List<String>, Own> own = new HashMap<>();
        for (Groups.Group group : groups.groups()) {
            MixedMixture mixture =
                    group.mixture() == null ? all : group.mixture().on(all.columns());
            own.put(group.key(), new Own(mixture, group.mean()));
        }
        double mean = ofAll.fitRecord().map(FitRecord::meanLogLikelihood).orElse(0.0);
        return new GroupMixtures(new Own(all, mean), own, groups.names(), List.copyOf(ofAll.rowNames()));
    }

    /** Returns the mixture that scores a group. */
    Own of(List<String> key) {
        return own.getOrDefault(key, all);
    }

    /** Returns the greatest number of components of a mixture. */
    int components() {
        return Stream.concat(Stream.of(all), own.values().stream())
                .mapToInt(one -> one.mixture().components())
                .max()
                .orElseThrow();
    }

    /** Finds the mixtures of the rows of a batch by the values of their columns. */
    private abstract static class Reader implements TableReading {
        final GroupMixtures groups;
        private final List<Own> mixtures = new ArrayList<>();

        Reader(GroupMixtures groups) {
            this.groups = groups;
        }

        @Override
        public void take(List<String> cells, int index) {
            if (index == 0) {
                mixtures.clear();
            }
            mixtures.add(groups.of(cells));
        }

        Own mixture(int row) {
            return mixtures.get(row);
        }
    }

    /** Computes the score columns. The rows of a batch that have the same mixture are evaluated together. */
    static final class Scorer extends Reader implements BatchScorer {
        private final Set<ScoreColumn> added;
        private final BatchScorer ofAll;
        private final int components;
        private final Object[][] scored;

        Scorer(GroupMixtures groups, Set<ScoreColumn> added) {
            super(groups);
            this.added = added;
            this.ofAll = scorer(groups.all());
            this.components = groups.components();
            this.scored = new Object[height()][ScoreColumn.values().length];
        }

        /** All components count: the groups of a group's model are few. */
        private BatchScorer scorer(Own own) {
            MixtureScores scores = new MixtureScores(own.density());
            return new MixtureBatchScorer(scores, scores, groups.names(), added);
        }

        @Override
        public int width() {
            return ofAll.width();
        }

        @Override
        public int height() {
            return ofAll.height();
        }

        @Override
        public String flaw(double[] row) {
            return ofAll.flaw(row);
        }

        @Override
        public void score(double[] rows, int n) {
            Map<Own, List<Integer>> byMixture = new LinkedHashMap<>();
            for (int i = 0; i < n; i++) {
                byMixture.computeIfAbsent(mixture(i), own -> new ArrayList<>()).add(i);
            }
            byMixture.forEach((own, places) -> score(rows, own, places));
        }

        private void score(double[] rows, Own own, List<Integer> places) {
            int d = width();
            double[] some = new double[places.size() * d];
            for (int i = 0; i < places.size(); i++) {
                System.arraycopy(rows, places.get(i) * d, some, i * d, d);
            }
            BatchScorer scorer = scorer(own);
            scorer.score(some, places.size());
            for (int i = 0; i < places.size(); i++) {
                for (ScoreColumn column : added) {
                    scored[places.get(i)][column.ordinal()] = value(own, scorer, column, i);
                }
            }
        }

        /** Responsibilities are 0 for the components absent from the mixture. */
        private Object value(Own own, BatchScorer scorer, ScoreColumn column, int row) {
            return switch (column) {
                case OWN_MODEL -> own.mixture() != groups.all().mixture();
                case ANOMALY -> own.mean() + (double) scorer.value(column, row);
                case RESPONSIBILITIES -> Arrays.copyOf((double[]) scorer.value(column, row), components);
                default -> scorer.value(column, row);
            };
        }

        @Override
        public Object value(ScoreColumn column, int row) {
            return scored[row][column.ordinal()];
        }
    }

    /** Explains each row by the mixture of its group. A row is evaluated when the first question about it is asked. */
    static final class Explainer extends Reader implements RowExplainer {
        private final int[][] features;
        private final int width;
        private double[] rows;
        private int evaluated;
        private Own own;
        private RowExplainer explainer;

        /** Creates an explainer, given the indices of the numbers of each column. */
        Explainer(GroupMixtures groups, int[][] features) {
            super(groups);
            this.features = features.clone();
            this.width = groups.all().mixture().columns().size();
        }

        @Override
        public void evaluate(double[] given, int n) {
            rows = given;
            evaluated = -1;
        }

        private RowExplainer at(int row) {
            if (row != evaluated) {
                if (own != mixture(row)) {
                    own = mixture(row);
                    explainer = new DensityExplainer(own.density(), features);
                }
                explainer.evaluate(Arrays.copyOfRange(rows, row * width, (row + 1) * width), 1);
                evaluated = row;
            }
            return explainer;
        }

        @Override
        public double contribution(int row, int group) {
            return at(row).contribution(0, group);
        }

        @Override
        public double expected(int row, int group, int column) {
            return at(row).expected(0, group, column);
        }

        @Override
        public double quantile(int row, int group, int column, double probability) {
            return at(row).quantile(0, group, column, probability);
        }
    }
}
