package io.github.sparklatent.ml.io;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Saves a stage as spark.ml does: its Params as metadata, and small tables beside them. */
public final class ModelWriter extends DefaultParamsWriter {
    private final Map<String, Function<SparkSession, Dataset<Row>>> tables = new LinkedHashMap<>();

    /** Creates a writer of the Params. */
    public ModelWriter(Params stage) {
        super(stage);
    }

    /**
     * Adds a table.
     *
     * @param name name of the table's directory
     */
    public ModelWriter with(String name, Function<SparkSession, Dataset<Row>> table) {
        tables.put(name, table);
        return this;
    }

    @Override
    public void saveImpl(String path) {
        super.saveImpl(path);
        tables.forEach(
                (name, table) ->
                        ModelTable.write(
                                table.apply(sparkSession()), new Path(path, name).toString()));
    }
}
