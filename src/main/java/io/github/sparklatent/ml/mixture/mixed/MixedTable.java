package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.cluster.table.Feature;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.QuantileKnots;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.HistogramBins;
import io.github.sparklatent.mixture.MissingShares;
import io.github.sparklatent.mixture.Missingness;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.core.DeclaredParams;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.ml.mixture.FitTable;
import io.github.sparklatent.ml.mixture.MixtureTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The saved form of a mixture: Params as metadata, and two tables.
 *
 * <ul>
 *   <li>{@code columns/} has a row for each column: its place, name, family, and levels. {@code
 *       values} is the number of levels or bins, or one more than the greatest count. {@code
 *       knots}, {@code masses} and {@code starts} are those of {@link HistogramBins}; empty for
 *       other families.
 *   <li>{@code data/} has a row for each component: weight, mean and covariance of the Gaussian
 *       columns as {@link MixtureTable} describes them (null if there are none), and an array with
 *       the parameters of each other column, in the order of the columns. Of a category, these are
 *       the probabilities of its levels; of a histogram, of its bins; of a Poisson count, the mean;
 *       of a negative binomial one, mean and size; of zero-inflated ones, also the probability of a
 *       further zero; of a t distribution, location, squared scale and degrees of freedom. {@code
 *       missing} has the probability of each column that its cell is missing.
 * </ul>
 */
final class MixedTable {
    static final String NAME = "data";
    static final String COLUMNS = "columns";
    private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);
    private static final StructType OF_COLUMN =
            new StructType()
                    .add("column", DataTypes.IntegerType)
                    .add("name", DataTypes.StringType)
                    .add("family", DataTypes.StringType)
                    .add("levels", DataTypes.createArrayType(DataTypes.StringType, false))
                    .add("values", DataTypes.IntegerType)
                    .add("knots", NUMBERS)
                    .add("masses", NUMBERS)
                    .add("starts", DataTypes.createArrayType(DataTypes.IntegerType, false));
    private static final StructType SCHEMA =
            new StructType()
                    .add("component", DataTypes.IntegerType)
                    .add("weight", DataTypes.DoubleType)
                    .add("mean", SQLDataTypes.VectorType())
                    .add("covariance", SQLDataTypes.VectorType())
                    .add("parameters", DataTypes.createArrayType(NUMBERS, false))
                    .add("missing", NUMBERS);

    private MixedTable() {}

    /** Returns the table of the columns. */
    static Dataset<Row> columns(SparkSession spark, TableMixture table) {
        List<Row> rows = new ArrayList<>();
        for (int j = 0; j < table.features().size(); j++) {
            MixedColumns.Column column = table.mixture().columns().get(j);
            Feature feature = table.features().get(j);
            HistogramBins bins = column.bins();
            rows.add(
                    RowFactory.create(
                            j,
                            feature.name(),
                            column.family().toString(),
                            feature.levels().toArray(String[]::new),
                            column.levels(),
                            bins == null ? new double[0] : bins.knots().knots(),
                            bins == null ? new double[0] : bins.knots().masses(),
                            bins == null ? new int[0] : bins.starts()));
        }
        return spark.createDataFrame(rows, OF_COLUMN);
    }

    /**
     * Returns the table of the components. A worker creates the rows, because a large mixture
     * exceeds the size limit of a task's own data.
     */
    static Dataset<Row> of(SparkSession spark, TableMixture table) {
        Broadcast<Shipped<MixedMixture>> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(Shipped.of(table.mixture()));
        return spark.range(0, table.mixture().components(), 1, 1)
                .map(
                        (MapFunction<Long, Row>)
                                k -> row(shipped.value().value(), Math.toIntExact(k)),
                        Encoders.row(SCHEMA))
                .to(SCHEMA);
    }

    private static Row row(MixedMixture mixture, int component) {
        Mixture numbers = mixture.gaussian();
        int d = mixture.columns().size();
        double[] covariance = numbers == null ? null : MixtureTable.covariance(numbers, component);
        List<double[]> parameters = new ArrayList<>();
        for (int j = 0; j < mixture.columns().size(); j++) {
            DMatrixRMaj matrix = mixture.parameters(j);
            if (matrix != null) {
                int width = matrix.numCols;
                parameters.add(
                        Arrays.copyOfRange(
                                matrix.data, component * width, (component + 1) * width));
            }
        }
        return RowFactory.create(
                component,
                mixture.weight(component),
                numbers == null ? null : Vectors.dense(MixtureTable.mean(numbers, component)),
                covariance == null ? null : Vectors.dense(covariance),
                parameters.toArray(double[][]::new),
                Arrays.copyOfRange(
                        mixture.missing().shares().data, component * d, (component + 1) * d));
    }

    /**
     * Returns the model in a directory, or the one in a pipeline.
     *
     * @throws DataException if there is none, or if it is damaged
     */
    static MixedTypeMixtureModel find(ModelDirectory found) {
        ModelDirectory directory = found.only(MixedTypeMixtureModel.class);
        Metadata metadata = directory.metadata();
        MixedTypeMixtureModel params = directory.withParams(metadata, new MixedTypeMixtureModel());
        CovarianceType type = CovarianceType.of(params.getCovariance());
        List<Row> ofColumns = sorted(directory, COLUMNS, OF_COLUMN, OF_COLUMN.size());
        List<Row> ofComponents = sorted(directory, NAME, SCHEMA, 2);
        int components = DeclaredParams.single(params.getComponents());
        require(
                ofComponents.size() == components,
                directory,
                "it has %d components, expected %d".formatted(ofComponents.size(), components));
        try {
            Missingness missing = Missingness.valueOf(params.getMissing().toUpperCase(Locale.ROOT));
            TableMixture table = read(directory, type, missing, ofColumns, ofComponents);
            new MixedDensity(table.mixture()); // its factors can be computed
            return directory.withParams(
                    metadata,
                    new MixedTypeMixtureModel(
                            metadata.uid(), table, FitTable.read(directory).orElse(null)));
        } catch (IllegalArgumentException e) {
            throw damaged(directory, e.getMessage());
        }
    }

    /**
     * Returns the rows of a table in the order of their first column, which counts from 0.
     *
     * @param needed number of the first columns that have no nulls
     */
    private static List<Row> sorted(
            ModelDirectory directory, String name, StructType schema, int needed) {
        List<Row> rows =
                ModelTable.read(directory, name, schema).stream()
                        .sorted(
                                Comparator.comparingInt(
                                        row -> row.isNullAt(0) ? -1 : row.getInt(0)))
                        .toList();
        String unit = schema.fieldNames()[0];
        require(!rows.isEmpty(), directory, "it has no " + unit);
        for (int i = 0; i < rows.size(); i++) {
            require(
                    !rows.get(i).isNullAt(0) && rows.get(i).getInt(0) == i,
                    directory,
                    "%s %d is missing".formatted(unit, i));
            for (int column = 1; column < needed; column++) {
                require(
                        !rows.get(i).isNullAt(column),
                        directory,
                        "%s %d has a null, expected its %s"
                                .formatted(unit, i, schema.fieldNames()[column]));
            }
        }
        return rows;
    }

    private static TableMixture read(
            ModelDirectory directory,
            CovarianceType type,
            Missingness missing,
            List<Row> ofColumns,
            List<Row> rows) {
        List<Feature> features = new ArrayList<>();
        List<MixedColumns.Column> columns = new ArrayList<>();
        for (Row row : ofColumns) {
            CellFamily family =
                    CellFamily.of(row.getString(2))
                            .orElseThrow(
                                    () ->
                                            damaged(
                                                    directory,
                                                    "column \"%s\" has the family %s, which does not exist"
                                                            .formatted(
                                                                    row.getString(1),
                                                                    row.getString(2))));
            HistogramBins bins = family == CellFamily.HISTOGRAM ? bins(row) : null;
            columns.add(new MixedColumns.Column(family, row.getInt(4), bins));
            features.add(new Feature(row.getString(1), TableMixture.kind(family), row.getList(3)));
        }
        MixedColumns all = new MixedColumns(columns);
        double[] weights = rows.stream().mapToDouble(row -> row.getDouble(1)).toArray();
        return new TableMixture(
                new MixedMixture(
                        all,
                        weights,
                        numbers(directory, all, type, weights, rows),
                        others(directory, all, rows, all.discrete()),
                        others(directory, all, rows, all.student()),
                        new MissingShares(missing(directory, rows), missing)),
                features);
    }

    private static DMatrixRMaj missing(ModelDirectory directory, List<Row> rows) {
        double[][] shares = new double[rows.size()][];
        for (int k = 0; k < shares.length; k++) {
            require(
                    !rows.get(k).isNullAt(5),
                    directory,
                    "component %d has a null, expected its shares of missing cells".formatted(k));
            shares[k] = numbers(rows.get(k).getList(5));
            require(
                    shares[k].length == shares[0].length,
                    directory,
                    "component %d has %d shares of missing cells, expected %d"
                            .formatted(k, shares[k].length, shares[0].length));
        }
        return new DMatrixRMaj(shares);
    }

    private static HistogramBins bins(Row row) {
        List<Integer> starts = row.getList(7);
        return new HistogramBins(
                new QuantileKnots(numbers(row.getList(5)), numbers(row.getList(6))),
                starts.stream().mapToInt(i -> i).toArray());
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(number -> number).toArray();
    }

    private static Mixture numbers(
            ModelDirectory directory,
            MixedColumns columns,
            CovarianceType type,
            double[] weights,
            List<Row> rows) {
        if (columns.gaussian().length == 0) {
            return null;
        }
        List<double[]> means = new ArrayList<>();
        List<double[]> covariances = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            boolean own = type != CovarianceType.TIED || k == 0;
            require(
                    !rows.get(k).isNullAt(2) && !(own && rows.get(k).isNullAt(3)),
                    directory,
                    "component %d has a null, expected numbers".formatted(k));
            means.add(rows.get(k).<Vector>getAs(2).toArray());
            if (own) {
                covariances.add(rows.get(k).<Vector>getAs(3).toArray());
            }
        }
        require(
                means.get(0).length == columns.gaussian().length,
                directory,
                "the mean of component 0 has %d numbers, expected %d"
                        .formatted(means.get(0).length, columns.gaussian().length));
        return MixtureTable.mixture(directory, type, weights, means, covariances);
    }

    /** Returns the parameters of some columns, a matrix for each. */
    private static List<DMatrixRMaj> others(
            ModelDirectory directory, MixedColumns columns, List<Row> rows, int[] some) {
        int[] all =
                IntStream.range(0, columns.size())
                        .filter(j -> columns.get(j).family() != CellFamily.GAUSSIAN)
                        .toArray();
        List<DMatrixRMaj> matrices = new ArrayList<>();
        for (int column : some) {
            int place = Arrays.binarySearch(all, column);
            double[][] lines = new double[rows.size()][];
            for (int k = 0; k < lines.length; k++) {
                List<?> parameters = rows.get(k).isNullAt(4) ? List.of() : rows.get(k).getList(4);
                require(
                        parameters.size() == all.length,
                        directory,
                        "component %d has parameters of %d columns, expected %d"
                                .formatted(k, parameters.size(), all.length));
                lines[k] = line(parameters.get(place));
                require(
                        lines[k].length == lines[0].length && lines[k].length > 0,
                        directory,
                        "component %d has %d parameters of column %d, expected %d"
                                .formatted(k, lines[k].length, column, lines[0].length));
            }
            matrices.add(new DMatrixRMaj(lines));
        }
        return matrices;
    }

    @SuppressWarnings("unchecked") // the schema says so
    private static double[] line(Object numbers) {
        return numbers(CollectionConverters.asJava((Seq<Double>) numbers));
    }

    private static void require(boolean condition, ModelDirectory directory, String sentence) {
        if (!condition) {
            throw damaged(directory, sentence);
        }
    }

    private static DataException damaged(ModelDirectory directory, String sentence) {
        return new DataException(
                "the model at %s is damaged: %s".formatted(directory.path(), sentence));
    }
}
