package io.github.sparklatent.ml.synthesis;

import io.github.sparklatent.metrics.synthesis.ComparedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Random forests of spark.ml over some columns of rows. The same rows and seed give the same forest on every cluster,
 * because the number of partitions follows from the number of rows.
 */
final class Forest {
    private static final int MOST_PARTITIONS = 8;
    private static final int ROWS_PER_PARTITION = 4_000;
    private static final int TREES = 50;
    private static final int DEPTH = 10;

    /** Rows of a leaf, so that single rows do not make leaves of their own. */
    private static final int LEAF = 5;

    private static final int BINS = 64;

    /** Categories of more levels are split as numbers, because each level would need a bin. */
    private static final int MOST_LEVELS = BINS;

    private static final String FEATURES = "features";
    private static final String LABEL = "label";

    private final SparkSession spark;
    private final int[] columns;
    private final int[] levels;
    private final long seed;

    /**
     * Creates the settings of a forest.
     *
     * @param columns indices of the columns that the trees see
     * @param levels number of levels of each column of the rows; 0: numbers
     */
    Forest(SparkSession spark, int[] columns, int[] levels, long seed) {
        this.spark = spark;
        this.columns = columns;
        this.levels = levels;
        this.seed = seed;
    }

    /** A row to learn from or to predict. */
    record Example(ComparedRows rows, int row, double label) {}

    /**
     * The answers of a forest for rows that it has not seen.
     *
     * @param probabilities probabilities of the classes of each row
     * @param importances share of each column in the decrease of the Gini impurity by the splits of the trees
     */
    record Classified(List<double[]> probabilities, double[] importances) {}

    /** Classifies rows that the forest has not seen. */
    Classified classify(List<Example> train, List<Example> test) {
        RandomForestClassificationModel forest = new RandomForestClassifier()
                .setNumTrees(TREES)
                .setMaxDepth(DEPTH)
                .setMinInstancesPerNode(LEAF)
                .setMaxBins(BINS)
                .setSeed(seed)
                .setFeaturesCol(FEATURES)
                .setLabelCol(LABEL)
                .fit(table(train));
        return new Classified(
                predicted(test, row -> forest.predictProbability(row).toArray()),
                forest.featureImportances().toArray());
    }

    /** Returns predicted numbers for rows that the forest has not seen. */
    double[] numbers(List<Example> train, List<Example> test) {
        RandomForestRegressionModel forest = new RandomForestRegressor()
                .setNumTrees(TREES)
                .setMaxDepth(DEPTH)
                .setMinInstancesPerNode(LEAF)
                .setMaxBins(BINS)
                .setSeed(seed)
                .setFeaturesCol(FEATURES)
                .setLabelCol(LABEL)
                .fit(table(train));
        ToDoubleFunction<Vector> predict = forest::predict;
        return predicted(test, row -> new double[] {predict.applyAsDouble(row)}).stream()
                .mapToDouble(one -> one[0])
                .toArray();
    }

    /** Predicts one row. */
    private interface Prediction {
        double[] of(Vector row);
    }

    private List<double[]> predicted(List<Example> test, Prediction prediction) {
        return test.parallelStream()
                .map(example -> prediction.of(vector(example)))
                .toList();
    }

    private Dataset<Row> table(List<Example> examples) {
        List<Row> rows = new ArrayList<>();
        examples.forEach(one -> rows.add(RowFactory.create(one.label(), vector(one))));
        Attribute[] attributes =
                Arrays.stream(columns).mapToObj(this::attribute).toArray(Attribute[]::new);
        StructType schema = new StructType()
                .add(LABEL, DataTypes.DoubleType)
                .add(new AttributeGroup(FEATURES, attributes).toStructField());
        return spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .parallelize(rows, Math.min(MOST_PARTITIONS, 1 + rows.size() / ROWS_PER_PARTITION)),
                schema);
    }

    private boolean isCategory(int column) {
        return levels[column] > 0 && levels[column] < MOST_LEVELS;
    }

    private Attribute attribute(int column) {
        return isCategory(column)
                ? NominalAttribute.defaultAttr().withNumValues(levels[column] + 1)
                : NumericAttribute.defaultAttr();
    }

    /**
     * Returns the cells that the trees see. A missing category is one more level, and a missing number is below all
     * numbers, so that a tree can split it off.
     */
    private Vector vector(Example example) {
        double[] cells = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            double cell = example.rows().get(example.row(), columns[j]);
            cells[j] = !Double.isNaN(cell) ? cell : isCategory(columns[j]) ? levels[columns[j]] : -Double.MAX_VALUE;
        }
        return Vectors.dense(cells);
    }
}
