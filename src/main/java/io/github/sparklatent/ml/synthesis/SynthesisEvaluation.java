package io.github.sparklatent.ml.synthesis;

import io.github.sparklatent.metrics.synthesis.ColumnShapes;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.metrics.synthesis.CopyMeasures;
import io.github.sparklatent.metrics.synthesis.PairTrends;
import io.github.sparklatent.ml.synthesis.Forest.Example;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Compares rows that a model has generated with real rows: distributions, relations, whether a classifier can
 * distinguish them, whether a classifier learns as much from them, and whether they are copies.
 */
public final class SynthesisEvaluation {
    /** Greatest number of rows of each table whose distances are computed. */
    private static final int DISTANCES = 10_000;

    private final SparkSession spark;
    private final int[] levels;
    private final ComparedRows train;
    private final Optional<ComparedRows> holdout;
    private final ComparedRows generated;
    private final long seed;

    /**
     * Creates the comparison.
     *
     * @param levels number of levels of each column; 0: numbers. Not modified.
     * @param train real rows that the model was trained on
     * @param holdout real rows that the model has not seen; empty: then copies and utility are not measured
     * @param generated rows of the model
     * @param seed seed of the forests and of the selection of their rows
     */
    public SynthesisEvaluation(
            SparkSession spark,
            int[] levels,
            ComparedRows train,
            Optional<ComparedRows> holdout,
            ComparedRows generated,
            long seed) {
        this.spark = spark;
        this.levels = levels.clone();
        this.train = train;
        this.holdout = holdout;
        this.generated = generated;
        this.seed = seed;
    }

    /** Returns the similarity of each column, from 0 to 1; see {@link ColumnShapes}. */
    public double[] shapes() {
        return ColumnShapes.of(train, generated);
    }

    /** Returns the similarity of the share of missing cells of each column, from 0 to 1. */
    public double[] missing() {
        return ColumnShapes.missing(train, generated);
    }

    /** Returns the similarity of each pair of columns, from 0 to 1. */
    public PairTrends trends() {
        return PairTrends.of(train, generated);
    }

    /**
     * Returns the columns whose shape or trends are not defined because of the generated rows: those that have no cell
     * there, and those of numbers that have one value there and more in the real rows.
     */
    public int[] collapsed() {
        return IntStream.range(0, levels.length)
                .filter(j -> generated.distinct(j) < Math.min(train.distinct(j), numbers(j)))
                .toArray();
    }

    /** Returns the number of different cells that the figures of a column need. */
    private int numbers(int column) {
        return train.isNumber(column) ? 2 : 1;
    }

    /** Returns measures of copying; empty without held-out rows. */
    public Optional<CopyMeasures> copies() {
        return holdout.map(others -> CopyMeasures.of(train, others, generated, DISTANCES));
    }

    /** Returns what an attacker learns of the training rows; empty without 4 held-out rows. */
    public Optional<MembershipAttack> attack() {
        return holdout.filter(others -> others.size() >= 4)
                .flatMap(others -> MembershipAttack.of(train, others, generated, seed));
    }

    /**
     * Returns how well a classifier distinguishes generated rows from as many real rows, as the area under the ROC
     * curve on rows that it was not trained on: 0.5 if it cannot. The real rows are held-out rows if there are any, so
     * that copies of training rows do not count as real.
     */
    public double detection() {
        ComparedRows real = holdout.orElse(train);
        return Detection.of(spark, levels, real, generated, false, seed).area();
    }

    /**
     * Quality of the prediction of a column from the others by a random forest that was trained on real or on generated
     * rows, measured on the same held-out rows.
     *
     * @param measure name of the measure: auc for categories (of more than two levels: the mean of each level against
     *     the rest, weighted by its rows), r2 for numbers
     * @param real measure after training on real rows
     * @param generated measure after training on as many generated rows
     */
    public record Utility(String measure, double real, double generated) {}

    /** Returns the utility of the generated rows for predicting a column; empty without held-out rows. */
    public Optional<Utility> utility(int target) {
        return holdout.map(others -> {
            int n = Math.min(train.size(), generated.size());
            List<Example> test = examples(others, target, others.size());
            return new Utility(
                    levels[target] > 0 ? "auc" : "r2",
                    predicted(examples(train, target, n), test, target),
                    predicted(examples(generated, target, n), test, target));
        });
    }

    /** Returns the first rows that have a value of the target. */
    private static List<Example> examples(ComparedRows rows, int target, int most) {
        return IntStream.range(0, most)
                .filter(i -> !Double.isNaN(rows.get(i, target)))
                .mapToObj(i -> new Example(rows, i, rows.get(i, target)))
                .toList();
    }

    private double predicted(List<Example> learn, List<Example> test, int target) {
        int[] others =
                IntStream.range(0, levels.length).filter(j -> j != target).toArray();
        Forest forest = new Forest(spark, others, levels, seed);
        if (levels[target] == 0) {
            return determination(forest.numbers(learn, test), test);
        }
        List<double[]> probabilities = forest.classify(learn, test).probabilities();
        double sum = 0;
        double weight = 0;
        for (int level = 0; level < levels[target]; level++) {
            int code = level;
            long of = test.stream().filter(example -> example.label() == code).count();
            if (of > 0 && of < test.size()) {
                sum += of * Detection.area(probabilities, test, level);
                weight += of;
            }
        }
        return sum / weight;
    }

    /** Returns the coefficient of determination. */
    private static double determination(double[] predicted, List<Example> test) {
        double mean = test.stream().mapToDouble(Example::label).average().orElse(Double.NaN);
        double residual = 0;
        double total = 0;
        for (int i = 0; i < predicted.length; i++) {
            double label = test.get(i).label();
            residual += (label - predicted[i]) * (label - predicted[i]);
            total += (label - mean) * (label - mean);
        }
        return 1 - residual / total;
    }
}
