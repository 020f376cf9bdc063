package io.github.sparklatent.app;

import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A mixture that was saved, and how it reads a table.
 *
 * @param path of the model's directory
 * @param mixture as spark.ml has it
 * @param assembler the stage before it; empty for a mixture that was saved without a pipeline
 */
record SavedModel(String path, GaussianMixtureModel mixture, Optional<FeatureAssembler> assembler) {
    /** The directory of the model within the result of a training. */
    static final String DIRECTORY = "model";

    /** The directory of the stages within a saved pipeline. */
    private static final String STAGES = "stages";

    /**
     * Loads a model.
     *
     * @param path of a training's result, or of a model's own directory
     * @throws DataException where there is none, or where it is damaged
     */
    static SavedModel load(SparkSession spark, String path) {
        try {
            Path given = new Path(path);
            FileSystem files = given.getFileSystem(spark.sparkContext().hadoopConfiguration());
            Path inResult = new Path(given, DIRECTORY);
            String directory = files.exists(inResult) ? inResult.toString() : path;
            GaussianMixtureModel mixture = GaussianMixtureModel.load(directory);
            Optional<FeatureAssembler> assembler =
                    stages(files, new Path(directory, STAGES)).stream()
                            .filter(stage -> isAssembler(spark, stage))
                            .map(FeatureAssembler::load)
                            .findFirst();
            return new SavedModel(directory, mixture, assembler);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "the model at \"%s\" cannot be read: %s"
                            .formatted(path, ExitCodes.firstLine(e.getMessage())),
                    e);
        }
    }

    /** Directories of a pipeline's stages; none for a mixture that was saved alone. */
    private static List<String> stages(FileSystem files, Path stages) throws IOException {
        return files.exists(stages)
                ? Arrays.stream(files.listStatus(stages))
                        .map(status -> status.getPath().toString())
                        .sorted()
                        .toList()
                : List.of();
    }

    private static boolean isAssembler(SparkSession spark, String stage) {
        return DefaultParamsReader.loadMetadata(stage, spark, "")
                .className()
                .equals(FeatureAssembler.class.getName());
    }

    /** The parameters. */
    Mixture parameters() {
        return mixture.mixture();
    }

    /** How rows are scaled before the mixture sees them. */
    Scaling scaling() {
        return assembler.map(FeatureAssembler::scaling).orElse(Scaling.none());
    }

    /**
     * The columns of a table that the mixture reads.
     *
     * @param data names them where the model does not
     * @throws DataException where the table lacks one, or it is no number
     */
    FeatureColumns columns(StructType schema, DataSection data) {
        return assembler
                .map(stage -> FeatureColumns.resolve(schema, inputs(stage), Set.of()))
                .orElseGet(() -> TableSettings.columns(schema, data));
    }

    /** Names of the columns the model was trained on; empty where it does not say. */
    List<String> inputColumns() {
        return assembler.map(SavedModel::inputs).orElse(List.of());
    }

    private static List<String> inputs(FeatureAssembler stage) {
        return List.of(stage.getInputCols());
    }

    /**
     * The stage that makes the features out of a table.
     *
     * @param columns of {@link #columns}
     */
    FeatureAssembler assembler(FeatureColumns columns) {
        return assembler
                .map(stage -> stage.copy(ParamMap.empty()))
                .orElseGet(
                        () ->
                                new FeatureAssembler(
                                        "assembler",
                                        columns,
                                        Scaling.none(),
                                        parameters().dimension()));
    }

    /**
     * Checks the width of rows.
     *
     * @throws DataException where it is not that of the model
     */
    void requireWidth(int width) {
        if (width != parameters().dimension()) {
            throw new DataException(
                    "the rows have %d numbers, expected %d (the width the model at \"%s\" was fitted on)"
                            .formatted(width, parameters().dimension(), path));
        }
    }
}
