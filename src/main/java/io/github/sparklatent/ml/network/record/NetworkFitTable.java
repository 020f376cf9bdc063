package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import java.util.ArrayList;
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
 * Stores the record of a network's training as a table with one row, {@code fit/} of a saved model.
 * The table is empty if the training is not known.
 */
public final class NetworkFitTable {
    /** The directory of the table in a saved model. */
    public static final String NAME = "fit";

    private static final String STAGES = "stages";

    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

    private static final StructType STAGE =
            new StructType()
                    .add("name", DataTypes.StringType, false)
                    .add("rounds", DataTypes.IntegerType, false)
                    .add("epochs", DataTypes.DoubleType, false);

    private static final StructType SCHEMA =
            new StructType()
                    .add("measures", DataTypes.createArrayType(DataTypes.StringType, false))
                    .add("train", DOUBLES)
                    .add("holdout", DOUBLES)
                    .add("lossHistory", DOUBLES)
                    .add("rows", DataTypes.LongType)
                    .add("rounds", DataTypes.IntegerType)
                    .add("epochs", DataTypes.DoubleType)
                    .add("bestRound", DataTypes.IntegerType)
                    .add("stoppedEarly", DataTypes.BooleanType)
                    .add("origin", DataTypes.StringType)
                    .add(STAGES, DataTypes.createArrayType(STAGE, false));

    private NetworkFitTable() {}

    /** Returns the record as a table. */
    public static Dataset<Row> of(SparkSession spark, Optional<NetworkFit> fit) {
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
                fit.epochs(),
                fit.bestRound(),
                fit.stoppedEarly(),
                fit.origin(),
                fit.stages().stream()
                        .map(s -> RowFactory.create(s.name(), s.rounds(), s.epochs()))
                        .toArray(Row[]::new));
    }

    /**
     * Reads the record.
     *
     * @throws DataException if the table is missing or damaged
     */
    public static Optional<NetworkFit> read(ModelDirectory directory) {
        List<Row> rows = ModelTable.read(directory, NAME, SCHEMA);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        require(directory, rows.size() == 1, rows.size() + " rows, expected 1");
        Row row = rows.get(0);
        require(directory, !row.anyNull(), "a null, expected all columns");
        return Optional.of(
                new NetworkFit(
                        row.getList(0),
                        row.getList(1),
                        row.getList(2),
                        stages(directory, row),
                        row.getLong(4),
                        row.getInt(7),
                        row.getBoolean(8),
                        row.getString(9)));
    }

    private static List<StageFit> stages(ModelDirectory directory, Row fit) {
        List<Double> losses = fit.getList(3);
        List<StageFit> stages = new ArrayList<>();
        int from = 0;
        for (Row stage : fit.<Row>getList(fit.fieldIndex(STAGES))) {
            int to = from + stage.getInt(1);
            require(
                    directory,
                    from <= to && to <= losses.size(),
                    "stages with more rounds than its %d losses".formatted(losses.size()));
            stages.add(
                    new StageFit(stage.getString(0), losses.subList(from, to), stage.getDouble(2)));
            from = to;
        }
        require(
                directory,
                from == losses.size(),
                "stages with %d rounds in total, expected %d, one for each loss"
                        .formatted(from, losses.size()));
        return stages;
    }

    private static void require(ModelDirectory directory, boolean condition, String found) {
        if (!condition) {
            throw new DataException(
                    "the model at %s is damaged: its record of the training has %s"
                            .formatted(directory.path(), found));
        }
    }
}
