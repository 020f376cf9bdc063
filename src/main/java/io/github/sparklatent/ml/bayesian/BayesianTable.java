package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.GaussianPosterior;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.inference.PosteriorForm;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.ml.io.ModelWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * The saved form of a model: Params as metadata; {@code data/} with the density's name and
 * settings, the posterior and the record of the fit in one row; {@code draws/} with one row for
 * each draw of the parameters; {@code parameters/} with one row for each quantity of the density.
 * The density is created again from its name, which must be that of a class that implements {@link
 * BayesianModel}.
 */
final class BayesianTable {
    private static final String DATA = "data";
    private static final String DRAWS = "draws";
    private static final String PARAMETERS = "parameters";
    private static final StructType DATA_SCHEMA =
            new StructType()
                    .add("density", DataTypes.StringType)
                    .add("settings", DataTypes.StringType)
                    .add("columns", DataTypes.createArrayType(DataTypes.StringType))
                    .add("posterior", DataTypes.StringType)
                    .add("mean", SQLDataTypes.VectorType())
                    .add("factor", SQLDataTypes.VectorType())
                    .add("rows", DataTypes.LongType)
                    .add("weight", DataTypes.DoubleType)
                    .add("elbo", DataTypes.DoubleType)
                    .add("elboError", DataTypes.DoubleType)
                    .add("meanLogDensity", DataTypes.DoubleType)
                    .add("holdoutMeanLogDensity", DataTypes.DoubleType)
                    .add("rounds", DataTypes.IntegerType)
                    .add("converged", DataTypes.BooleanType)
                    .add("origin", DataTypes.StringType);
    private static final int NEEDED = 6;
    private static final StructType DRAWS_SCHEMA =
            new StructType()
                    .add("draw", DataTypes.IntegerType)
                    .add("theta", SQLDataTypes.VectorType());
    private static final StructType PARAMETERS_SCHEMA =
            new StructType()
                    .add("index", DataTypes.IntegerType)
                    .add("name", DataTypes.StringType)
                    .add("mean", DataTypes.DoubleType)
                    .add("deviation", DataTypes.DoubleType)
                    .add("lower", DataTypes.DoubleType)
                    .add("upper", DataTypes.DoubleType);

    private BayesianTable() {}

    /** Returns a writer of a model. */
    static MLWriter writer(BayesianInferenceModel model) {
        return new ModelWriter(model)
                .with(DATA, spark -> spark.createDataFrame(List.of(data(model)), DATA_SCHEMA))
                .with(DRAWS, spark -> spark.createDataFrame(draws(model), DRAWS_SCHEMA))
                .with(
                        PARAMETERS,
                        spark -> spark.createDataFrame(quantities(model), PARAMETERS_SCHEMA));
    }

    /** Loads a model. */
    static final class Reader extends MLReader<BayesianInferenceModel> {
        @Override
        public BayesianInferenceModel load(String path) {
            return find(new ModelDirectory(sparkSession(), path));
        }
    }

    private static Row data(BayesianInferenceModel model) {
        FittedDensity fitted = model.fitted();
        BayesianRecord fit = model.fitRecord().orElse(null);
        return RowFactory.create(
                fitted.name(),
                Json.line(new TreeMap<>(fitted.settings().values())),
                fitted.columns().toArray(String[]::new),
                fitted.posterior().form().toString(),
                Vectors.dense(fitted.posterior().mean()),
                Vectors.dense(fitted.posterior().factor()),
                fit == null ? null : fit.rows(),
                fit == null ? null : fit.weight(),
                fit == null ? null : fit.elbo(),
                fit == null ? null : fit.elboError(),
                fit == null ? null : fit.meanLogDensity(),
                fit == null ? null : fit.holdoutMeanLogDensity(),
                fit == null ? null : fit.rounds(),
                fit == null ? null : fit.converged(),
                fit == null ? null : fit.origin());
    }

    private static List<Row> draws(BayesianInferenceModel model) {
        DMatrixRMaj draws = model.fitted().draws();
        int p = draws.numCols;
        return IntStream.range(0, draws.numRows)
                .mapToObj(
                        s ->
                                RowFactory.create(
                                        s,
                                        Vectors.dense(
                                                Arrays.copyOfRange(
                                                        draws.data, s * p, (s + 1) * p))))
                .toList();
    }

    private static List<Row> quantities(BayesianInferenceModel model) {
        List<ParameterSummary> all = model.fitted().quantities();
        return IntStream.range(0, all.size())
                .mapToObj(
                        i ->
                                RowFactory.create(
                                        i,
                                        all.get(i).name(),
                                        all.get(i).mean(),
                                        all.get(i).deviation(),
                                        all.get(i).lower(),
                                        all.get(i).upper()))
                .toList();
    }

    /**
     * Returns the model in a directory, or the one in a pipeline.
     *
     * @throws DataException if there is none, or if it is damaged
     * @throws io.github.sparklatent.config.UsageException if its density cannot be created
     */
    static BayesianInferenceModel find(ModelDirectory found) {
        ModelDirectory directory = found.only(BayesianInferenceModel.class);
        Metadata metadata = directory.metadata();
        List<Row> rows = ModelTable.read(directory, DATA, DATA_SCHEMA);
        if (rows.size() != 1 || IntStream.range(0, NEEDED).anyMatch(rows.get(0)::isNullAt)) {
            throw damaged(
                    directory,
                    "its data has %d rows or a null, expected one row".formatted(rows.size()));
        }
        Row row = rows.get(0);
        List<Row> draws = sorted(ModelTable.read(directory, DRAWS, DRAWS_SCHEMA));
        List<Row> quantities = sorted(ModelTable.read(directory, PARAMETERS, PARAMETERS_SCHEMA));
        if (draws.isEmpty()
                || draws.stream().anyMatch(Row::anyNull)
                || quantities.stream().anyMatch(Row::anyNull)) {
            throw damaged(directory, "its draws or parameters are empty or have a null");
        }
        List<String> columns = row.getList(2);
        ModelSettings settings = settings(directory, row.getString(1));
        BayesianModel model = Densities.create(row.getString(0), columns, settings);
        try {
            FittedDensity fitted =
                    new FittedDensity(
                            row.getString(0),
                            settings,
                            columns,
                            model,
                            new GaussianPosterior(
                                    form(row.getString(3)),
                                    row.<Vector>getAs(4).toArray(),
                                    row.<Vector>getAs(5).toArray()),
                            matrix(draws),
                            quantities.stream().map(BayesianTable::summary).toList());
            return directory.withParams(
                    metadata, new BayesianInferenceModel(metadata.uid(), fitted, fit(row)));
        } catch (IllegalArgumentException e) {
            throw damaged(directory, e.getMessage());
        }
    }

    private static List<Row> sorted(List<Row> rows) {
        return rows.stream()
                .sorted(
                        Comparator.comparing(
                                row -> row.isNullAt(0) ? Integer.MAX_VALUE : row.getInt(0)))
                .toList();
    }

    private static ModelSettings settings(ModelDirectory directory, String json) {
        Map<String, Double> numbers = new TreeMap<>();
        Json.parse(json)
                .forEach(
                        (name, value) -> {
                            if (!(value instanceof Number number)) {
                                throw damaged(
                                        directory, "its setting %s is no number".formatted(name));
                            }
                            numbers.put(name, number.doubleValue());
                        });
        return new ModelSettings(numbers);
    }

    private static PosteriorForm form(String name) {
        for (PosteriorForm form : PosteriorForm.values()) {
            if (form.toString().equals(name)) {
                return form;
            }
        }
        throw new IllegalArgumentException(
                "its posterior is %s, expected mean-field or full".formatted(name));
    }

    private static DMatrixRMaj matrix(List<Row> draws) {
        int p = draws.get(0).<Vector>getAs(1).size();
        DMatrixRMaj matrix = new DMatrixRMaj(draws.size(), p);
        for (int s = 0; s < draws.size(); s++) {
            double[] theta = draws.get(s).<Vector>getAs(1).toArray();
            if (theta.length != p) {
                throw new IllegalArgumentException(
                        "its draws have %d and %d numbers, expected the same number"
                                .formatted(p, theta.length));
            }
            System.arraycopy(theta, 0, matrix.data, s * p, p);
        }
        return matrix;
    }

    private static ParameterSummary summary(Row row) {
        return new ParameterSummary(
                row.getString(1),
                row.getDouble(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5));
    }

    private static BayesianRecord fit(Row row) {
        return row.anyNull()
                ? null
                : new BayesianRecord(
                        row.getLong(6),
                        row.getDouble(7),
                        row.getDouble(8),
                        row.getDouble(9),
                        row.getDouble(10),
                        row.getDouble(11),
                        row.getInt(12),
                        row.getBoolean(13),
                        row.getString(14));
    }

    private static DataException damaged(ModelDirectory directory, String found) {
        return new DataException(
                "the model at %s is damaged: %s".formatted(directory.path(), found));
    }
}
