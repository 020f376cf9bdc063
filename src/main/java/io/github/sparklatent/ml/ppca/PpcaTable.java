package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.ppca.Ppca;
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
final class PpcaTable {
    private static final String NAME = "data";
    private static final StructType SCHEMA =
            new StructType()
                    .add("mean", SQLDataTypes.VectorType())
                    .add("latent", DataTypes.IntegerType)
                    .add("loadings", SQLDataTypes.VectorType())
                    .add("noise", DataTypes.DoubleType)
                    .add("rows", DataTypes.LongType)
                    .add("weight", DataTypes.DoubleType)
                    .add("meanLogLikelihood", DataTypes.DoubleType)
                    .add("holdoutMeanLogLikelihood", DataTypes.DoubleType)
                    .add("variances", SQLDataTypes.VectorType())
                    .add("origin", DataTypes.StringType);
    private static final int PARAMETERS = 4;

    private PpcaTable() {}

    /** Returns a writer of a model. */
    static MLWriter writer(ProbabilisticPcaModel model) {
        return new ModelWriter(model)
                .with(NAME, session -> session.createDataFrame(List.of(row(model)), SCHEMA));
    }

    /** Loads a model. */
    static final class Reader extends MLReader<ProbabilisticPcaModel> {
        @Override
        public ProbabilisticPcaModel load(String path) {
            return find(new ModelDirectory(sparkSession(), path));
        }
    }

    private static Row row(ProbabilisticPcaModel model) {
        Ppca parameters = model.parameters();
        PpcaFit fit = model.fitRecord().orElse(null);
        return RowFactory.create(
                Vectors.dense(parameters.mean()),
                parameters.latent(),
                Vectors.dense(parameters.loadings().data),
                parameters.noise(),
                fit == null ? null : fit.rows(),
                fit == null ? null : fit.weight(),
                fit == null ? null : fit.meanLogLikelihood(),
                fit == null ? null : fit.holdoutMeanLogLikelihood(),
                fit == null ? null : Vectors.dense(fit.variances()),
                fit == null ? null : fit.origin());
    }

    /**
     * Returns the model in a directory, or the one in a pipeline.
     *
     * @throws DataException if there is none, or if it is damaged
     */
    static ProbabilisticPcaModel find(ModelDirectory found) {
        ModelDirectory directory = found.only(ProbabilisticPcaModel.class);
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
            Ppca parameters =
                    new Ppca(
                            mean,
                            DMatrixRMaj.wrap(mean.length, latent, loadings),
                            row.getDouble(3));
            return directory.withParams(
                    metadata, new ProbabilisticPcaModel(metadata.uid(), parameters, fit(row)));
        } catch (IllegalArgumentException e) {
            throw damaged(directory, e.getMessage());
        }
    }

    private static boolean missing(Row row) {
        return IntStream.range(0, PARAMETERS).anyMatch(row::isNullAt);
    }

    private static PpcaFit fit(Row row) {
        return row.anyNull()
                ? null
                : new PpcaFit(
                        row.getLong(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getDouble(7),
                        row.<Vector>getAs(8).toArray(),
                        row.getString(9));
    }

    private static DataException damaged(ModelDirectory directory, String found) {
        return new DataException(
                "the model at %s is damaged: %s".formatted(directory.path(), found));
    }
}
