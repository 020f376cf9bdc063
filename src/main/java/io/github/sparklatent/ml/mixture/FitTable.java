package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The record of a fit as a table of one row, {@code fit/} of a saved model. The table is empty if
 * the fit is not known.
 */
public final class FitTable {
    /** Name of the directory of the table. */
    public static final String NAME = "fit";

    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
    private static final StructType CANDIDATE =
            new StructType()
                    .add("components", DataTypes.IntegerType)
                    .add("restart", DataTypes.IntegerType)
                    .add("rounds", DataTypes.IntegerType)
                    .add("converged", DataTypes.BooleanType)
                    .add("meanLogLikelihood", DataTypes.DoubleType)
                    .add("holdoutMeanLogLikelihood", DataTypes.DoubleType)
                    .add("bic", DataTypes.DoubleType)
                    .add("aic", DataTypes.DoubleType)
                    // The last fields, so that models saved without them can still be read.
                    .add("mutualInformation", DataTypes.DoubleType)
                    .add("objective", DataTypes.DoubleType);
    private static final StructType SCHEMA =
            new StructType()
                    .add("objectiveHistory", DOUBLES)
                    .add("rounds", DataTypes.IntegerType)
                    .add("converged", DataTypes.BooleanType)
                    .add("rows", DataTypes.LongType)
                    .add("weight", DataTypes.DoubleType)
                    .add("meanLogLikelihood", DataTypes.DoubleType)
                    .add("holdoutMeanLogLikelihood", DataTypes.DoubleType)
                    .add("sizes", DOUBLES)
                    .add("events", DataTypes.createArrayType(DataTypes.StringType, false))
                    .add("candidates", DataTypes.createArrayType(CANDIDATE, false))
                    .add("origin", DataTypes.StringType);

    private FitTable() {}

    /** Returns the table. */
    public static Dataset<Row> of(SparkSession spark, Optional<FitRecord> fit) {
        return spark.createDataFrame(fit.map(FitTable::row).stream().toList(), SCHEMA);
    }

    private static Row row(FitRecord fit) {
        return RowFactory.create(
                fit.objectiveHistory().toArray(Double[]::new),
                fit.rounds(),
                fit.converged(),
                fit.rows(),
                fit.weight(),
                fit.meanLogLikelihood(),
                fit.holdoutMeanLogLikelihood(),
                fit.sizes().toArray(Double[]::new),
                fit.events().toArray(String[]::new),
                fit.candidates().stream().map(FitTable::row).toArray(Row[]::new),
                fit.origin());
    }

    private static Row row(Candidate candidate) {
        return RowFactory.create(
                candidate.components(),
                candidate.restart(),
                candidate.rounds(),
                candidate.converged(),
                candidate.meanLogLikelihood(),
                candidate.holdoutMeanLogLikelihood(),
                candidate.bic(),
                candidate.aic(),
                candidate.mutualInformation(),
                candidate.objective());
    }

    /**
     * Reads the record.
     *
     * @throws DataException if the table is missing or damaged
     */
    public static Optional<FitRecord> read(ModelDirectory directory) {
        List<Row> rows = ModelTable.read(directory, NAME, SCHEMA);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (rows.size() != 1 || rows.get(0).anyNull()) {
            throw new DataException(
                    "the model at %s is damaged: its record of the fit has %d rows or a null, expected one row of all columns"
                            .formatted(directory.path(), rows.size()));
        }
        Row row = rows.get(0);
        List<Row> candidates = row.getList(9);
        return Optional.of(
                new FitRecord(
                        row.getList(0),
                        row.getInt(1),
                        row.getBoolean(2),
                        row.getLong(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getList(7),
                        row.getList(8),
                        candidates.stream().map(FitTable::candidate).toList(),
                        row.getString(10)));
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.getInt(0),
                row.getInt(1),
                row.getInt(2),
                row.getBoolean(3),
                row.getDouble(4),
                row.getDouble(5),
                row.isNullAt(8) ? Double.NaN : row.getDouble(8),
                row.getDouble(6),
                row.getDouble(7),
                row.isNullAt(9) ? row.getDouble(4) : row.getDouble(9));
    }
}
