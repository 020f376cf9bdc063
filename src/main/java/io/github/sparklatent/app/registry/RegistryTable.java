package io.github.sparklatent.app.registry;

import io.github.sparklatent.learn.Require;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The log of a registry as a table, one row for each entry, oldest first. {@code transform} returns it for any table:
 * in this form Python reads a registry, also over Spark Connect.
 */
public final class RegistryTable extends Transformer {
    private static final long serialVersionUID = 1L;

    private static final StructType SCHEMA = new StructType()
            .add("number", DataTypes.LongType, false)
            .add("kind", DataTypes.StringType, false)
            .add("runId", DataTypes.StringType, false)
            .add("accepted", DataTypes.BooleanType, false)
            .add("reasons", DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add("time", DataTypes.TimestampType, false)
            .add("isChampion", DataTypes.BooleanType, false)
            .add("path", DataTypes.StringType, true);

    private final String uid;

    /** Creates a table with a random uid. */
    public RegistryTable() {
        this(Identifiable$.MODULE$.randomUID("RegistryTable"));
    }

    /** Creates a table with a uid. */
    public RegistryTable(String uid) {
        this.uid = uid;
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the Param {@code path}: directory of the registry. */
    public Param<String> path() {
        return new Param<>(this, "path", "directory of the registry");
    }

    /** Sets {@link #path()}. */
    public RegistryTable setPath(String value) {
        return (RegistryTable) set(path(), value);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        Require.that(isSet(path()), "path is not set, expected the directory of a registry");
        String place = $(path());
        Registry registry = new Registry(dataset.sparkSession().sparkContext().hadoopConfiguration(), place);
        registry.requireEntries();
        History history = registry.history();
        String champion = history.champion().orElse("");
        Map<String, String> paths = new HashMap<>();
        List<Row> rows = history.entries().stream()
                .map(entry -> RowFactory.create(
                        entry.number(),
                        entry.kind().toString(),
                        entry.runId(),
                        entry.accepted(),
                        entry.reasons().toArray(),
                        Timestamp.from(entry.time()),
                        !champion.isEmpty() && entry.runId().equals(champion),
                        entry.runId().isEmpty()
                                ? null
                                : paths.computeIfAbsent(entry.runId(), registry.versions()::path)))
                .toList();
        return dataset.sparkSession().createDataFrame(rows, SCHEMA);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return SCHEMA;
    }

    @Override
    public RegistryTable copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
