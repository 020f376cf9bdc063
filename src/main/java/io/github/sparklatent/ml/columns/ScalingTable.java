package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Stores width and scaling as a table of one row, {@code data/} of a {@link FeatureAssembler}. */
final class ScalingTable {
    static final String NAME = "data";
    private static final StructType SCHEMA =
            new StructType()
                    .add("width", DataTypes.IntegerType)
                    .add("scale", DataTypes.StringType)
                    .add("shift", SQLDataTypes.VectorType())
                    .add("factor", SQLDataTypes.VectorType());

    private ScalingTable() {}

    static Dataset<Row> of(SparkSession spark, FeatureAssembler assembler) {
        Scaling scaling = assembler.scaling();
        Row row =
                RowFactory.create(
                        assembler.width(),
                        SchemaColumns.names(scaling.kind()).get(0),
                        Vectors.dense(scaling.shift()),
                        Vectors.dense(scaling.factor()));
        return spark.createDataFrame(List.of(row), SCHEMA);
    }

    /**
     * Reads an assembler without its Params.
     *
     * @throws DataException if the table is missing or damaged
     */
    static FeatureAssembler read(ModelDirectory directory, String uid) {
        List<Row> rows = ModelTable.read(directory, NAME, SCHEMA);
        if (rows.size() != 1 || rows.get(0).anyNull()) {
            throw new DataException(
                    "the assembler at %s is damaged: its table data has %d rows or a null, expected one row without nulls"
                            .formatted(directory.path(), rows.size()));
        }
        Row row = rows.get(0);
        return ModelDirectory.orSentence(
                "read",
                directory.path(),
                () ->
                        new FeatureAssembler(
                                uid,
                                Scaling.of(
                                        Scale.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                                        row.<Vector>getAs(2).toArray(),
                                        row.<Vector>getAs(3).toArray()),
                                row.getInt(0)));
    }
}
