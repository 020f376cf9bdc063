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
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.param.ParamMap;
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

    /**
     * Loads a model.
     *
     * @param path of a training's result, or of a model's own directory
     * @throws DataException where there is none, or where it is damaged
     */
    static SavedModel load(SparkSession spark, String path) {
        String directory = directory(spark, path);
        GaussianMixtureModel mixture = GaussianMixtureModel.load(directory);
        return new SavedModel(directory, mixture, assembler(directory));
    }

    private static String directory(SparkSession spark, String path) {
        try {
            Path model = new Path(path, DIRECTORY);
            boolean result =
                    model.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(model);
            return result ? model.toString() : path;
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "the model at \"%s\" cannot be reached: %s"
                            .formatted(path, ExitCodes.firstLine(e.getMessage())),
                    e);
        }
    }

    private static Optional<FeatureAssembler> assembler(String directory) {
        PipelineModel pipeline;
        try {
            pipeline = PipelineModel.load(directory);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a mixture alone, which has been loaded already
        }
        return Arrays.stream(pipeline.stages())
                .filter(FeatureAssembler.class::isInstance)
                .map(FeatureAssembler.class::cast)
                .findFirst();
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
