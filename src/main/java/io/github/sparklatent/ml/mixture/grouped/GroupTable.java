package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.MissingShares;
import io.github.sparklatent.mixture.MixedMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;

/**
 * The groups as tables of one row each.
 *
 * <ul>
 *   <li>The saved form {@link #SCHEMA} has the figures and the parameters. {@code means} is k × d, row by row.
 *       {@code covariances} are the matrices of the mixture one after another: k of d × d if they are full, one if they
 *       are tied; k × d variances if they are diagonal; k × 1 if spherical; k of d × (l + 1) if they are factored.
 *       {@code others} are the parameters of the other columns in their order, each k × parameters: levels and counts,
 *       then t distributions.
 *   <li>The result {@link #results} has the values of the groups' columns and the figures.
 * </ul>
 */
final class GroupTable {
    /** Name of the directory of the groups in a saved model and in a result. */
    static final String NAME = "groups";

    private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType, false);

    /** The figures, in the saved form and in the result. */
    private static final StructType FIGURES = new StructType()
            .add("rows", DataTypes.LongType)
            .add("holdoutRows", DataTypes.LongType)
            .add("weight", DataTypes.DoubleType)
            .add("holdoutWeight", DataTypes.DoubleType)
            .add("effectiveRows", DataTypes.DoubleType)
            .add("fallback", DataTypes.StringType)
            .add("detail", DataTypes.StringType)
            .add("components", DataTypes.IntegerType)
            .add("rounds", DataTypes.IntegerType)
            .add("converged", DataTypes.BooleanType)
            .add("meanLogLikelihood", DataTypes.DoubleType)
            .add("holdoutMeanLogLikelihood", DataTypes.DoubleType)
            .add("bic", DataTypes.DoubleType)
            .add("allMeanLogLikelihood", DataTypes.DoubleType)
            .add("allHoldoutMeanLogLikelihood", DataTypes.DoubleType)
            .add("weights", NUMBERS);

    private static final StructType PARAMETERS =
            new StructType().add("means", NUMBERS).add("covariances", NUMBERS).add("others", NUMBERS);

    static final StructType SCHEMA = joined(
            joined(new StructType().add("group", DataTypes.createArrayType(DataTypes.StringType, true)), FIGURES),
            PARAMETERS);

    private static final int FIRST = 1 + FIGURES.length();

    private GroupTable() {}

    private static StructType joined(StructType first, StructType second) {
        StructType all = first;
        for (StructField field : second.fields()) {
            all = all.add(field);
        }
        return all;
    }

    /** Returns a group as a row of the saved form. */
    static Row row(GroupModel group) {
        List<Object> values = new ArrayList<>();
        values.add(group.key().toArray(String[]::new));
        values.addAll(figures(group));
        MixedMixture mixture = group.mixture();
        if (mixture == null) {
            values.addAll(Arrays.asList(null, null, null));
        } else {
            MixtureParameters numbers = mixture.gaussian();
            values.add(numbers == null ? null : numbers.means().data);
            values.add(numbers == null ? null : flat(numbers.covariances()));
            List<DMatrixRMaj> others = new ArrayList<>(mixture.discrete());
            others.addAll(mixture.student());
            others.add(mixture.missing().shares());
            values.add(flat(others));
        }
        return RowFactory.create(values.toArray());
    }

    private static List<Object> figures(GroupModel group) {
        GroupModel.Fit fit = group.fit();
        MixedMixture mixture = group.mixture();
        return Arrays.asList(
                group.rows(),
                group.heldOut(),
                group.weight(),
                group.heldOutWeight(),
                number(group.effectiveRows()),
                group.fallback(),
                group.detail(),
                mixture == null ? null : mixture.components(),
                fit == null ? null : fit.rounds(),
                fit == null ? null : fit.converged(),
                fit == null ? null : fit.logLikelihood(),
                fit == null ? null : number(fit.holdout()),
                fit == null ? null : fit.bic(),
                number(group.logLikelihoodOfAll()),
                number(group.holdoutOfAll()),
                mixture == null ? null : mixture.weights());
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static double[] flat(Collection<DMatrixRMaj> matrices) {
        int length = matrices.stream().mapToInt(DMatrixRMaj::getNumElements).sum();
        double[] flat = new double[length];
        int at = 0;
        for (DMatrixRMaj matrix : matrices) {
            System.arraycopy(matrix.data, 0, flat, at, matrix.getNumElements());
            at += matrix.getNumElements();
        }
        return flat;
    }

    /**
     * Reads a row of the saved form.
     *
     * @param all the mixture of all rows, which has the same columns and form of covariances
     * @throws DataException if a length or a number is wrong
     */
    static GroupModel group(Row row, MixedMixture all) {
        List<String> key = row.getList(0);
        try {
            boolean own = !row.isNullAt(index("weights"));
            return new GroupModel(
                    key,
                    row.getLong(index("rows")),
                    row.getLong(index("holdoutRows")),
                    row.getDouble(index("weight")),
                    row.getDouble(index("holdoutWeight")),
                    number(row, "effectiveRows"),
                    row.getString(index("fallback")),
                    row.getString(index("detail")),
                    own ? fit(row) : null,
                    number(row, "allMeanLogLikelihood"),
                    number(row, "allHoldoutMeanLogLikelihood"),
                    own ? mixture(row, all) : null);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new DataException("group %s is damaged: %s".formatted(key, e.getMessage()), e);
        }
    }

    private static GroupModel.Fit fit(Row row) {
        return new GroupModel.Fit(
                row.getInt(index("rounds")),
                row.getBoolean(index("converged")),
                row.getDouble(index("meanLogLikelihood")),
                number(row, "holdoutMeanLogLikelihood"),
                row.getDouble(index("bic")));
    }

    private static double number(Row row, String name) {
        return row.isNullAt(index(name)) ? Double.NaN : row.getDouble(index(name));
    }

    private static int index(String name) {
        return SCHEMA.fieldIndex(name);
    }

    private static MixedMixture mixture(Row row, MixedMixture all) {
        double[] weights = numbers(row, index("weights"));
        int k = weights.length;
        MixtureParameters like = all.gaussian();
        MixtureParameters gaussian = null;
        if (like != null) {
            DMatrixRMaj shape = like.covariances().get(0);
            int matrices = like.type().matrices(k);
            boolean isTable = !like.type().isSquare() && !like.type().isFactored();
            Matrices covariances = new Matrices(numbers(row, FIRST + 1));
            List<DMatrixRMaj> own = new ArrayList<>();
            for (int i = 0; i < matrices; i++) {
                own.add(covariances.next(isTable ? k : shape.numRows, shape.numCols));
            }
            covariances.end();
            Matrices means = new Matrices(numbers(row, FIRST));
            DMatrixRMaj centres = means.next(k, like.dimension());
            means.end();
            gaussian = MixtureParameters.of(like.type(), weights, centres, own);
        }
        Matrices others = new Matrices(numbers(row, FIRST + 2));
        List<DMatrixRMaj> discrete = all.discrete().stream()
                .map(matrix -> others.next(k, matrix.numCols))
                .toList();
        List<DMatrixRMaj> student = all.student().stream()
                .map(matrix -> others.next(k, matrix.numCols))
                .toList();
        MissingShares missing = new MissingShares(
                others.next(k, all.columns().size()), all.missing().mode());
        others.end();
        return new MixedMixture(all.columns(), weights, gaussian, discrete, student, missing);
    }

    /** Cuts an array into matrices. */
    private static final class Matrices {
        private final double[] numbers;
        private int at;

        Matrices(double[] numbers) {
            this.numbers = numbers;
        }

        DMatrixRMaj next(int rows, int columns) {
            int end = at + rows * columns;
            if (end > numbers.length) {
                throw new IllegalArgumentException(
                        "it has %d parameters, expected at least %d".formatted(numbers.length, end));
            }
            DMatrixRMaj matrix = DMatrixRMaj.wrap(rows, columns, Arrays.copyOfRange(numbers, at, end));
            at = end;
            return matrix;
        }

        void end() {
            if (at != numbers.length) {
                throw new IllegalArgumentException("it has %d parameters, expected %d".formatted(numbers.length, at));
            }
        }
    }

    private static double[] numbers(Row row, int index) {
        return row.<Double>getList(index).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Returns the saved form. */
    static Dataset<Row> saved(SparkSession spark, List<GroupModel> groups) {
        return spark.createDataFrame(groups.stream().map(GroupTable::row).toList(), SCHEMA);
    }

    /**
     * Returns the result: the values of the groups' columns and the figures, in the order of the keys.
     *
     * @param saved the saved form
     */
    static Dataset<Row> results(GroupColumns columns, Dataset<Row> saved) {
        List<Column> result = new ArrayList<>();
        for (int i = 0; i < columns.fields().size(); i++) {
            StructField field = columns.fields().get(i);
            result.add(col("group").getItem(i).cast(field.dataType()).as(field.name()));
        }
        for (String figure : FIGURES.fieldNames()) {
            result.add(col(figure));
        }
        return saved.orderBy("group").select(result.toArray(Column[]::new));
    }

    /** Returns whether the result has a column of figures with this name. */
    static boolean isFigure(String name) {
        return Arrays.stream(FIGURES.fieldNames()).anyMatch(name::equalsIgnoreCase);
    }
}
