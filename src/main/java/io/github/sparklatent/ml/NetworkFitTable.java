package io.github.sparklatent.ml;

import io.github.sparklatent.learn.DataException;
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
 * The record of a network's training as a table of one row, {@code fit/} of a saved model; of none
 * where the training is not known.
 */
final class NetworkFitTable {
    static final String NAME = "fit";

    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

    private static final StructType SCHEMA =
            new StructType()
                    .add("measures", DataTypes.createArrayType(DataTypes.StringType, false))
                    .add("train", DOUBLES)
                    .add("holdout", DOUBLES)
                    .add("lossHistory", DOUBLES)
                    .add("rows", DataTypes.LongType)
                    .add("rounds", DataTypes.IntegerType)
                    .add("passes", DataTypes.DoubleType)
                    .add("bestRound", DataTypes.IntegerType)
                    .add("stoppedEarly", DataTypes.BooleanType)
                    .add("origin", DataTypes.StringType);

    private NetworkFitTable() {}

    static Dataset<Row> of(SparkSession spark, Optional<NetworkFit> fit) {
        return spark.createDataFrame(fit.map(NetworkFitTable::row).stream().toList(), SCHEMA);
    }

    private static Row row(NetworkFit fit) {
        return RowFactory.create(
                fit.measures().toArray(String[]::new),
                fit.train().toArray(Double[]::new),
                fit.holdout().toArray(Double[]::new),
                fit.lossHistory().toArray(Double[]::new),
                fit.rows(),
                fit.rounds(),
                fit.passes(),
                fit.bestRound(),
                fit.stoppedEarly(),
                fit.origin());
    }

    /**
     * Reads the record back.
     *
     * @throws DataException where the table is missing or damaged
     */
    static Optional<NetworkFit> read(ModelDirectory directory) {
        List<Row> rows = ModelTable.read(directory, NAME, SCHEMA);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (rows.size() != 1 || rows.get(0).anyNull()) {
            throw new DataException(
                    "the model at %s is damaged: its record of the training has %d rows or a null, expected one row of all columns"
                            .formatted(directory.path(), rows.size()));
        }
        Row row = rows.get(0);
        return Optional.of(
                new NetworkFit(
                        row.getList(0),
                        row.getList(1),
                        row.getList(2),
                        row.getList(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getDouble(6),
                        row.getInt(7),
                        row.getBoolean(8),
                        row.getString(9)));
    }
}
