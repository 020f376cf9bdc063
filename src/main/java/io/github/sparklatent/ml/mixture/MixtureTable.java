package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;

/**
 * A mixture as a table with one row per component, {@code data/} of a saved model. The covariance
 * is a vector. Full: d · d numbers, row by row. Tied: the same in component 0, and null in the
 * others. Diagonal: d variances. Spherical: one variance. Factor and ppca: d · (l + 1) numbers, row
 * by row, l loadings and the noise variance of each column.
 */
public final class MixtureTable {
    static final String NAME = "data";
    private static final StructType SCHEMA =
            new StructType()
                    .add("component", DataTypes.IntegerType)
                    .add("weight", DataTypes.DoubleType)
                    .add("mean", SQLDataTypes.VectorType())
                    .add("covariance", SQLDataTypes.VectorType());

    private MixtureTable() {}

    /**
     * Returns the table. A worker creates the rows, because a large mixture exceeds the size limit
     * of a task's own data.
     */
    static Dataset<Row> of(SparkSession spark, Mixture mixture) {
        Broadcast<Shipped<Mixture>> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(Shipped.of(mixture));
        return spark.range(0, mixture.components(), 1, 1)
                .map(
                        (MapFunction<Long, Row>)
                                k -> row(shipped.value().value(), Math.toIntExact(k)),
                        Encoders.row(SCHEMA))
                .to(SCHEMA);
    }

    private static Row row(Mixture mixture, int component) {
        double[] covariance = covariance(mixture, component);
        return RowFactory.create(
                component,
                mixture.weight(component),
                Vectors.dense(mean(mixture, component)),
                covariance == null ? null : Vectors.dense(covariance));
    }

    /** Returns the mean of a component as it is saved. */
    public static double[] mean(Mixture mixture, int component) {
        return line(mixture.means(), component);
    }

    /** Returns the covariance of a component as it is saved; null if the table has none for it. */
    public static double[] covariance(Mixture mixture, int component) {
        return switch (mixture.type()) {
            case FULL, FACTOR, PPCA -> mixture.covariances().get(component).data;
            case TIED -> component == 0 ? mixture.covariances().get(0).data : null;
            case DIAGONAL, SPHERICAL -> line(mixture.covariances().get(0), component);
        };
    }

    private static double[] line(DMatrixRMaj matrix, int row) {
        double[] line = new double[matrix.numCols];
        System.arraycopy(matrix.data, row * matrix.numCols, line, 0, line.length);
        return line;
    }

    /**
     * Reads the mixture.
     *
     * @param components k, as given by the metadata
     * @throws DataException if a component or a number is missing or wrong
     */
    static Mixture read(ModelDirectory directory, CovarianceType type, int components) {
        List<Row> rows =
                ModelTable.read(directory, NAME, SCHEMA).stream()
                        .sorted(
                                Comparator.comparingInt(
                                        row -> row.isNullAt(0) ? -1 : row.getInt(0)))
                        .toList();
        require(
                rows.size() == components,
                directory,
                "it has %d components, expected %d".formatted(rows.size(), components));
        double[] weights = new double[components];
        List<double[]> means = new ArrayList<>();
        List<double[]> covariances = new ArrayList<>();
        for (int k = 0; k < components; k++) {
            Row row = rows.get(k);
            boolean covariance = type != CovarianceType.TIED || k == 0;
            require(
                    !row.isNullAt(0) && row.getInt(0) == k,
                    directory,
                    "component %d is missing".formatted(k));
            require(
                    !row.isNullAt(1) && !row.isNullAt(2) && (!covariance || !row.isNullAt(3)),
                    directory,
                    "component %d has a null, expected numbers".formatted(k));
            weights[k] = row.getDouble(1);
            means.add(row.<Vector>getAs(2).toArray());
            if (covariance) {
                covariances.add(row.<Vector>getAs(3).toArray());
            }
        }
        return mixture(directory, type, weights, means, covariances);
    }

    /**
     * Returns the mixture of saved components.
     *
     * @param means mean of each component
     * @param covariances covariance of each component as it is saved; one if they are tied
     * @throws DataException if a length or a number is wrong
     */
    public static Mixture mixture(
            ModelDirectory directory,
            CovarianceType type,
            double[] weights,
            List<double[]> means,
            List<double[]> covariances) {
        int d = means.get(0).length;
        require(d >= 1, directory, "the mean of component 0 is empty");
        int factors = type.isFactored() ? covariances.get(0).length / d - 1 : 0;
        require(
                !type.isFactored() || factors >= 1,
                directory,
                "the covariance of component 0 has %d numbers, expected at least %d"
                        .formatted(covariances.get(0).length, 2 * d));
        boolean matrices = type.isSquare() || type.isFactored();
        int columns = type.columns(d, factors);
        long length = matrices ? (long) d * columns : columns;
        requireLengths(directory, "mean", means, d);
        requireLengths(directory, "covariance", covariances, length);
        try {
            return Mixture.of(
                    type,
                    weights,
                    matrix(means),
                    matrices
                            ? covariances.stream()
                                    .map(c -> DMatrixRMaj.wrap(d, columns, c))
                                    .toList()
                            : List.of(matrix(covariances)));
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "the model at %s is damaged: %s".formatted(directory.path(), e.getMessage()),
                    e);
        }
    }

    private static void requireLengths(
            ModelDirectory directory, String what, List<double[]> lines, long length) {
        for (int k = 0; k < lines.size(); k++) {
            require(
                    lines.get(k).length == length,
                    directory,
                    "the %s of component %d has %d numbers, expected %d"
                            .formatted(what, k, lines.get(k).length, length));
        }
    }

    private static DMatrixRMaj matrix(List<double[]> lines) {
        return new DMatrixRMaj(lines.toArray(double[][]::new));
    }

    private static void require(boolean condition, ModelDirectory directory, String sentence) {
        if (!condition) {
            throw new DataException(
                    "the model at %s is damaged: %s".formatted(directory.path(), sentence));
        }
    }
}
