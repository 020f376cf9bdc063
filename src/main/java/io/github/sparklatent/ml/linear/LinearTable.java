package io.github.sparklatent.ml.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.ml.io.ModelWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;

/**
 * The saved form of a model: Params as metadata; parameters and the record of the fit as {@code
 * data/}, a table of one row. The record is null in a model whose fit is not known.
 */
final class LinearTable {
    private static final String NAME = "data";
    private static final StructType SCHEMA =
            new StructType()
                    .add("mean", SQLDataTypes.VectorType())
                    .add("latent", DataTypes.IntegerType)
                    .add("loadings", SQLDataTypes.VectorType())
                    .add("noise", SQLDataTypes.VectorType())
                    .add("rows", DataTypes.LongType)
                    .add("weight", DataTypes.DoubleType)
                    .add("meanLogLikelihood", DataTypes.DoubleType)
                    .add("holdoutMeanLogLikelihood", DataTypes.DoubleType)
                    .add("variances", SQLDataTypes.VectorType())
                    .add("total", DataTypes.DoubleType)
                    .add("rounds", DataTypes.IntegerType)
                    .add("converged", DataTypes.BooleanType)
                    .add("origin", DataTypes.StringType);
    private static final int PARAMETERS = 4;

    private LinearTable() {}

    /** Returns a writer of a model. */
    static MLWriter writer(LinearModel<?> model) {
        return new ModelWriter(model)
                .with(NAME, session -> session.createDataFrame(List.of(row(model)), SCHEMA));
    }

    /** Loads a model. */
    static final class Reader<M extends LinearModel<M>> extends MLReader<M> {
        private final LinearFamily<M> family;

        Reader(LinearFamily<M> family) {
            this.family = family;
        }

        @Override
        public M load(String path) {
            return find(
                    new ModelDirectory(sparkSession(), path), family.modelClass(), family.model());
        }
    }

    private static Row row(LinearModel<?> model) {
        LinearGaussian parameters = model.parameters();
        LinearRecord fit = model.fitRecord().orElse(null);
        return RowFactory.create(
                Vectors.dense(parameters.mean()),
                parameters.latent(),
                Vectors.dense(parameters.loadings().data),
                Vectors.dense(parameters.noise()),
                fit == null ? null : fit.rows(),
                fit == null ? null : fit.weight(),
                fit == null ? null : fit.meanLogLikelihood(),
                fit == null ? null : fit.holdoutMeanLogLikelihood(),
                fit == null ? null : Vectors.dense(fit.variances()),
                fit == null ? null : fit.total(),
                fit == null ? null : fit.rounds(),
                fit == null ? null : fit.converged(),
                fit == null ? null : fit.origin());
    }

    /**
     * Returns the model in a directory, or the one in a pipeline.
     *
     * @param type class of the model
     * @param constructor creates the model
     * @throws DataException if there is none, or if it is damaged
     */
    static <M extends LinearModel<M>> M find(
            ModelDirectory found, Class<M> type, LinearFamily.Constructor<M> constructor) {
        ModelDirectory directory = found.only(type);
        Metadata metadata = directory.metadata();
        List<Row> rows = ModelTable.read(directory, NAME, SCHEMA);
        if (rows.size() != 1 || missing(rows.get(0))) {
            throw damaged(
                    directory,
                    "its data has %d rows or a null, expected one row".formatted(rows.size()));
        }
        Row row = rows.get(0);
        double[] mean = row.<Vector>getAs(0).toArray();
        double[] loadings = row.<Vector>getAs(2).toArray();
        int latent = row.getInt(1);
        if (loadings.length != (long) mean.length * latent) {
            throw damaged(
                    directory,
                    "its loadings are %d numbers, expected %d x %d"
                            .formatted(loadings.length, mean.length, latent));
        }
        try {
            LinearGaussian parameters =
                    new LinearGaussian(
                            mean,
                            DMatrixRMaj.wrap(mean.length, latent, loadings),
                            row.<Vector>getAs(3).toArray());
            return directory.withParams(
                    metadata, constructor.of(metadata.uid(), parameters, fit(row)));
        } catch (IllegalArgumentException e) {
            throw damaged(directory, e.getMessage());
        }
    }

    private static boolean missing(Row row) {
        return IntStream.range(0, PARAMETERS).anyMatch(row::isNullAt);
    }

    private static LinearRecord fit(Row row) {
        return row.anyNull()
                ? null
                : new LinearRecord(
                        row.getLong(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getDouble(7),
                        row.<Vector>getAs(8).toArray(),
                        row.getDouble(9),
                        row.getInt(10),
                        row.getBoolean(11),
                        row.getString(12));
    }

    private static DataException damaged(ModelDirectory directory, String found) {
        return new DataException(
                "the model at %s is damaged: %s".formatted(directory.path(), found));
    }
}
