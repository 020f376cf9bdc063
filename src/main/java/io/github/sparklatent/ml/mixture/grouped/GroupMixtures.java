package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedScores;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.scoring.DenseBatchScorer;
import io.github.sparklatent.scoring.DensityExplainer;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.SizedCache;
import io.github.sparklatent.scoring.StandardScore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;

/**
 * The mixtures by group, as the workers need them. The tasks of a process share the densities that were used last. All
 * densities together may be far larger than the parameters: a count with a mean as its only parameter has a table of
 * thousands of levels.
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
    static GroupMixtures of(MixtureOfRows ofAll, Groups groups) {
        MixedMixture all = ofAll.asMixed();
        HashMap<List<String>, Own> own = new HashMap<>();
        for (Groups.Group group : groups.groups()) {
            if (group.mixture() != null) {
                own.put(group.key(), new Own(group.mixture().on(all.columns()), group.mean()));
            } else if (!Double.isNaN(group.meanOfAll())) {
                own.put(group.key(), new Own(all, group.meanOfAll()));
            }
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

    /** The mixtures of the rows of a batch, by the values of their columns. */
    private static final class Taken {
        private final GroupMixtures groups;
        private final List<Own> mixtures = new ArrayList<>();
        private int[] places;

        Taken(GroupMixtures groups) {
            this.groups = groups;
        }

        void take(Row given, int index) {
            if (places == null) {
                places = groups.columns().stream()
                        .mapToInt(name -> SchemaColumns.index(given.schema(), "group", name))
                        .toArray();
            }
            String[] key = new String[places.length];
            for (int i = 0; i < key.length; i++) {
                key[i] = given.isNullAt(places[i]) ? null : given.get(places[i]).toString();
            }
            while (mixtures.size() <= index) {
                mixtures.add(null);
            }
            mixtures.set(index, groups.of(Arrays.asList(key)));
        }

        Own of(int row) {
            return mixtures.get(row);
        }
    }

    /** Computes the score columns. The rows of a batch that have the same mixture are evaluated together. */
    static final class Scorer extends DenseBatchScorer implements TableReading {
        private final GroupMixtures groups;
        private final Taken taken;
        private final int components;
        private final Scored[] scored = new Scored[height()];

        /** The results of a row; the responsibilities are 0 for the components absent from its mixture. */
        private record Scored(
                Own own,
                double[] responsibilities,
                int component,
                double logDensity,
                double standardized,
                double[] imputed) {}

        Scorer(GroupMixtures groups, Set<ScoreColumn> added) {
            super(groups.all().mixture().columns().size(), added);
            this.groups = groups;
            this.taken = new Taken(groups);
            this.components = groups.components();
        }

        @Override
        public String flaw(double[] row) {
            return MixedScores.flaw(groups.all().mixture().columns(), groups.names(), row);
        }

        @Override
        public void take(Row given, int index) {
            taken.take(given, index);
        }

        @Override
        protected void evaluate(DMatrixRMaj rows) {
            Map<Own, List<Integer>> byMixture = new LinkedHashMap<>();
            for (int i = 0; i < rows.numRows; i++) {
                byMixture.computeIfAbsent(taken.of(i), own -> new ArrayList<>()).add(i);
            }
            byMixture.forEach((own, places) -> evaluate(rows, own, places));
        }

        private void evaluate(DMatrixRMaj rows, Own own, List<Integer> places) {
            int d = rows.numCols;
            DMatrixRMaj some = new DMatrixRMaj(places.size(), d);
            for (int i = 0; i < places.size(); i++) {
                System.arraycopy(rows.data, places.get(i) * d, some.data, i * d, d);
            }
            MixedScores scores = new MixedScores(own.density());
            scores.evaluate(some);
            if (has(ScoreColumn.IMPUTED)) {
                scores.impute(some);
            }
            for (int i = 0; i < places.size(); i++) {
                scored[places.get(i)] = new Scored(
                        own,
                        Arrays.copyOf(line(scores.responsibilities(), i), components),
                        Rows.argMax(scores.responsibilities(), i),
                        scores.logDensity(i),
                        has(ScoreColumn.STANDARDIZED) ? standardized(scores, i, observed(places.get(i)) < d) : 0,
                        has(ScoreColumn.IMPUTED) ? line(some, i) : null);
            }
        }

        private static double standardized(MixedScores scores, int row, boolean isIncomplete) {
            double[] cumulants = scores.cumulants(isIncomplete ? row : -1);
            return new StandardScore(scores.weights(), cumulants).of(-scores.logDensity(row));
        }

        @Override
        public Object value(ScoreColumn column, int row) {
            Scored found = scored[row];
            return switch (column) {
                case RESPONSIBILITIES -> found.responsibilities();
                case COMPONENT -> found.component();
                case LOG_DENSITY -> found.logDensity();
                case IMPUTED -> found.imputed();
                case ANOMALY -> found.own().mean() - found.logDensity();
                case STANDARDIZED -> found.standardized();
                case OWN_MODEL -> found.own().mixture() != groups.all().mixture();
                default -> throw new IllegalStateException("a mixture has no " + column);
            };
        }
    }

    /**
     * Explains each row by the mixture of its group. A row is evaluated when the first question about it is asked, and
     * the explainers of the last groups are kept.
     */
    static final class Explainer implements RowExplainer, TableReading {
        /** Bytes that explainers of a task keep, as many as a large one has. */
        private static final long MAX_BYTES = 1L << 26;

        private final Taken taken;
        private final int[][] features;
        private final SizedCache<Own, Sized> explainers = new SizedCache<>(MAX_BYTES, Sized::bytes);
        private final int width;
        private double[] rows;
        private RowExplainer current;
        private int evaluated;

        private record Sized(RowExplainer explainer, long bytes) {}

        /** Creates an explainer, given the indices of the numbers of each column. */
        Explainer(GroupMixtures groups, int[][] features) {
            this.taken = new Taken(groups);
            this.features = features.clone();
            this.width = groups.all().mixture().columns().size();
        }

        @Override
        public void take(Row given, int index) {
            taken.take(given, index);
        }

        @Override
        public void evaluate(double[] given, int n) {
            rows = given;
            evaluated = -1;
        }

        private RowExplainer at(int row) {
            if (row != evaluated) {
                current = explainers.get(taken.of(row), this::prepared).explainer();
                current.evaluate(Arrays.copyOfRange(rows, row * width, (row + 1) * width), 1);
                evaluated = row;
            }
            return current;
        }

        /** Conditional distributions need a matrix of each component for each group of columns. */
        private Sized prepared(Own own) {
            MixedDensity density = own.density();
            return new Sized(new DensityExplainer(density, features), density.bytes() * (1 + features.length));
        }

        @Override
        public double contribution(int row, int group) {
            return at(row).contribution(0, group);
        }

        @Override
        public void expected(int row, int group, double[] to) {
            at(row).expected(0, group, to);
        }

        @Override
        public double quantile(int row, int group, int column, double probability) {
            return at(row).quantile(0, group, column, probability);
        }
    }
}
