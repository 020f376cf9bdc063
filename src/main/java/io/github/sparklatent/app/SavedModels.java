package io.github.sparklatent.app;

import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.cluster.FileSystems;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
import io.github.sparklatent.ml.NetworkModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.SparkSession;

/** Loads models of any type, from the result of a training or from their own directory. */
final class SavedModels {
    /** The directory of the model within the result of a training. */
    static final String DIRECTORY = "model";

    /** The directory of the stages within a saved pipeline. */
    private static final String STAGES = "stages";

    private final SparkSession spark;
    private final String given;

    private SavedModels(SparkSession spark, String given) {
        this.spark = spark;
        this.given = given;
    }

    /**
     * The model that a job reads.
     *
     * @throws DataException where there is none, or where it is damaged
     * @throws UsageException where it is of another type than the configuration says
     */
    static SavedModel load(JobContext context) {
        JobConfiguration configuration = context.configuration();
        ModelType asked = configuration.model().type();
        SavedModel model = any(context.spark(), configuration.savedModel(), asked);
        if (model.type() != asked) {
            throw new UsageException(
                    "model.type is %s, but the model at \"%s\" is of type %s: set model.type = %s"
                            .formatted(asked, model.path(), model.type(), model.type()));
        }
        return model;
    }

    /**
     * The model at a path.
     *
     * @param expected what it is taken for where it does not say
     * @throws DataException where there is none, or where it is damaged
     */
    static SavedModel any(SparkSession spark, String path, ModelType expected) {
        SavedModels models = new SavedModels(spark, path);
        return models.reading(
                directory -> models.load(directory, models.type(directory).orElse(expected)));
    }

    /**
     * The mixture at a path, ours or MLlib's.
     *
     * @param key that names the path
     * @throws DataException where there is none, or where it is damaged
     * @throws UsageException where it is a model of another type
     */
    static SavedMixture mixture(SparkSession spark, String key, String path) {
        SavedModels models = new SavedModels(spark, path);
        return models.reading(
                directory -> {
                    ModelType found = models.type(directory).orElse(ModelType.GMM);
                    if (found != ModelType.GMM) {
                        throw new UsageException(
                                "%s is of type %s, expected %s"
                                        .formatted(key, found, ModelType.GMM));
                    }
                    return models.mixture(directory);
                });
    }

    private SavedModel load(Path directory, ModelType type) throws IOException {
        String path = directory.toString();
        return type == ModelType.GMM
                ? mixture(directory)
                : new SavedNetwork(
                        path,
                        type,
                        NetworkModel.load(NetworkTypes.kind(type), path),
                        assembler(directory));
    }

    private SavedMixture mixture(Path directory) throws IOException {
        String path = directory.toString();
        return new SavedMixture(path, GaussianMixtureModel.load(path), assembler(directory));
    }

    /** What reads the files of one model. */
    private interface Reading<T> {
        T of(Path directory) throws IOException;
    }

    private <T> T reading(Reading<T> reading) {
        try {
            Path path = new Path(given);
            Path inResult = new Path(path, DIRECTORY);
            return reading.of(files(path).exists(inResult) ? inResult : path);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "the model at \"%s\" cannot be read: %s"
                            .formatted(given, ExitCodes.firstLine(e.getMessage())),
                    e);
        }
    }

    private FileSystem files(Path path) throws IOException {
        return FileSystems.of(path, spark.sparkContext().hadoopConfiguration());
    }

    /** Directories of a pipeline's stages; none for a model that was saved alone. */
    private List<Path> stages(Path directory) throws IOException {
        Path stages = new Path(directory, STAGES);
        FileSystem files = files(directory);
        return files.exists(stages)
                ? Arrays.stream(files.listStatus(stages))
                        .map(status -> status.getPath())
                        .sorted()
                        .toList()
                : List.of();
    }

    private Optional<FeatureAssembler> assembler(Path directory) throws IOException {
        return stages(directory).stream()
                .filter(stage -> className(stage).equals(FeatureAssembler.class.getName()))
                .map(stage -> FeatureAssembler.load(stage.toString()))
                .findFirst();
    }

    /** The type that a model's own files name; what is damaged is told by who loads it. */
    private Optional<ModelType> type(Path directory) throws IOException {
        return Stream.concat(Stream.of(directory), stages(directory).stream())
                .filter(this::hasMetadata)
                .flatMap(stage -> type(className(stage)).stream())
                .findFirst();
    }

    private static Optional<ModelType> type(String className) {
        return className.equals(GaussianMixtureModel.class.getName())
                ? Optional.of(ModelType.GMM)
                : NetworkModel.kindOf(className).map(NetworkTypes::type);
    }

    private boolean hasMetadata(Path stage) {
        try {
            return files(stage).exists(new Path(stage, "metadata"));
        } catch (IOException e) {
            return false; // told by who loads it
        }
    }

    private String className(Path stage) {
        try {
            return DefaultParamsReader.loadMetadata(stage.toString(), spark, "").className();
        } catch (Exception e) { // of JSON too, which Scala does not declare
            throw new DataException(
                    "the metadata of the model at \"%s\" cannot be read: %s"
                            .formatted(stage, ExitCodes.firstLine(e.getMessage())),
                    e);
        }
    }
}
