package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.io.ModelDirectory;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The place of a saved model and its classes as a table of one row. {@code transform} returns it for any table: in this
 * form Python finds out what to load, also over Spark Connect.
 */
public final class ModelLocation extends Transformer {
    private static final StructType SCHEMA = new StructType()
            .add("path", DataTypes.StringType, false)
            .add("class", DataTypes.StringType, false)
            .add("stages", DataTypes.createArrayType(DataTypes.StringType, false), false);

    private final String uid;

    /** Creates a table with a random uid. */
    public ModelLocation() {
        this(Identifiable$.MODULE$.randomUID("ModelLocation"));
    }

    /** Creates a table with a uid. */
    public ModelLocation(String uid) {
        this.uid = uid;
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the Param {@code path}: directory of a saved stage, or of the result of a job. */
    public Param<String> path() {
        return new Param<>(this, "path", "directory of a saved stage, or of the result of a job");
    }

    /** Sets {@link #path()}. */
    public ModelLocation setPath(String value) {
        return (ModelLocation) set(path(), value);
    }

    /**
     * Returns the directory of the model, the class of its metadata, and the classes of its stages if it is a pipeline.
     * The pipeline that a job has saved is its only stage, the model.
     *
     * @throws DataException if there is no model at the path, or if its metadata is damaged
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        Require.that(isSet(path()), "path is not set, expected the directory of a model");
        SparkSession spark = dataset.sparkSession();
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        SavedModels.requirePath(hadoop, $(path()));
        String place = ModelDirectory.orSentence(
                "read the model at",
                $(path()),
                () -> SavedModels.directory(hadoop, $(path())).toString());
        ModelDirectory directory = new ModelDirectory(spark, place);
        Metadata metadata = directory.metadata();
        String name = metadata.className();
        List<String> stages = name.matches(".*\\.Pipeline(Model)?") // Python saves some under names of its own
                ? directory.stages(metadata).stream()
                        .map(stage -> stage.metadata().className())
                        .toList()
                : List.of();
        Row row = metadata.uid().equals(SavedModels.PIPELINE) && stages.size() == 1
                ? RowFactory.create(place, stages.get(0), new String[0])
                : RowFactory.create(place, name, stages.toArray());
        return spark.createDataFrame(List.of(row), SCHEMA);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return SCHEMA;
    }

    @Override
    public ModelLocation copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
