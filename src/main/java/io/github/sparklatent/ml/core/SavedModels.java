package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.Log;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelChecksums;
import io.github.sparklatent.ml.io.ModelDirectory;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.sql.SparkSession;

/**
 * Loads models of any type from a training result or from their own directory. Only models of {@link ModelFamilies} are
 * created: the class names in the files choose among these, so a file cannot name other code to run.
 * {@code PipelineModel.load} of Spark creates whatever class the files name.
 */
public final class SavedModels {
    /** Name of the model's directory within a training result. */
    public static final String DIRECTORY = "model";

    /** The uid of the pipeline, with the model as its only stage, that a job saves. */
    public static final String PIPELINE = "pipeline";

    private final SparkSession spark;
    private final String given;

    private SavedModels(SparkSession spark, String given) {
        this.spark = spark;
        this.given = given;
    }

    /**
     * Loads the model at a path.
     *
     * @param expected model type that is assumed if the files do not name one
     * @throws DataException if there is no model, or if it is damaged
     */
    public static SavedModel any(SparkSession spark, String path, ModelType expected) {
        try {
            SavedModels models = new SavedModels(spark, path);
            return models.load(directory(models.hadoop(), path), expected);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Loads the model of a family at a path.
     *
     * @throws DataException if there is no such model, or if it is damaged
     */
    public static SavedModel any(SparkSession spark, String path) {
        return any(spark, path, null);
    }

    /**
     * Checks, without a Spark session, that the path of a model exists.
     *
     * @throws DataException if it does not
     */
    public static void requirePath(Configuration hadoop, String path) {
        try {
            Path directory = directory(hadoop, path);
            if (!FileSystems.of(directory, hadoop).exists(directory)) {
                throw ModelDirectory.missing(directory.toString());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(path, e);
        }
    }

    /** Returns the directory of the model at a path: of a result, of a version or of a model. */
    public static Path directory(Configuration hadoop, String path) throws IOException {
        Path result = ResultLocation.current(hadoop, new Path(path));
        Path model = new Path(result, DIRECTORY);
        return FileSystems.of(result, hadoop).exists(model) ? model : result;
    }

    private static DataException unreadable(String path, Exception e) {
        return new DataException(
                "the model at \"%s\" cannot be read: %s".formatted(path, ModelDirectory.firstLine(e)), e);
    }

    private SavedModel load(Path directory, ModelType expected) throws IOException {
        ModelDirectory saved = new ModelDirectory(
                spark, directory.toString(), ModelChecksums.require(new HadoopStore(hadoop(), directory), directory));
        Metadata metadata = saved.metadata();
        List<ModelDirectory> parts =
                metadata.className().equals(PipelineModel.class.getName()) ? saved.stages(metadata) : List.of(saved);
        ModelFamily<?, ?> family = parts.stream()
                .flatMap(part -> ModelFamilies.ofModel(part.metadata().className()).stream())
                .findFirst()
                .orElseGet(() -> {
                    if (expected == null) {
                        throw new DataException("the model at %s is a %s, which is no model of this library"
                                .formatted(saved.path(), saved.metadata().className()));
                    }
                    return ModelFamilies.of(expected);
                });
        return new SavedModel(saved.path(), family.read(saved));
    }

    private Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
    }

    /**
     * The places of results: a directory for each run of an output or a registry, of which the log names the current
     * one.
     */
    public static final class ResultLocation {
        /** Name of the file that marks a complete result. */
        public static final String SUCCESS = "_SUCCESS";

        /** Name of the directory of all runs of a place. */
        public static final String RUNS = "runs";

        private ResultLocation() {}

        /**
         * Returns the directory of the current result of an output or a registry. Nobody changes it, and it stays for
         * its readers at least until the second result after it. Another path is returned unchanged.
         *
         * @throws io.github.sparklatent.learn.DataException if the log is damaged
         */
        public static Path current(Configuration hadoop, Path place) throws IOException {
            return new Log(new HadoopStore(hadoop, place), place)
                    .newest()
                    .current()
                    .map(run -> new Path(new Path(place, RUNS), run))
                    .orElse(place);
        }
    }
}
