package io.github.sparklatent.ml;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;

/** Finds the autoencoder in a saved model: alone, or in a pipeline that holds one. */
final class SavedNetwork {
    private static final String PIPELINE = PipelineModel.class.getName();

    private SavedNetwork() {}

    /**
     * The model in a directory.
     *
     * @param type of the model
     * @throws DataException where there is none, or where it is damaged
     */
    static <M extends NetworkModel<M>> M find(ModelDirectory directory, Class<M> type) {
        Metadata metadata = directory.metadata();
        if (metadata.className().equals(PIPELINE)) {
            return inPipeline(directory, metadata, type);
        }
        if (!metadata.className().equals(type.getName())) {
            throw new DataException(
                    "the model at %s is a %s, expected a %s"
                            .formatted(
                                    directory.path(), metadata.className(), type.getSimpleName()));
        }
        return type.cast(
                type == AutoencoderModel.class
                        ? autoencoder(directory, metadata)
                        : variational(directory, metadata));
    }

    private static <M extends NetworkModel<M>> M inPipeline(
            ModelDirectory pipeline, Metadata metadata, Class<M> type) {
        List<ModelDirectory> found =
                pipeline.stages(metadata).stream()
                        .filter(stage -> stage.metadata().className().equals(type.getName()))
                        .toList();
        if (found.size() != 1) {
            throw new DataException(
                    "the pipeline at %s has %d stages that are a %s, expected one"
                            .formatted(pipeline.path(), found.size(), type.getSimpleName()));
        }
        return find(found.get(0), type);
    }

    private static AutoencoderModel autoencoder(ModelDirectory directory, Metadata metadata) {
        AutoencoderModel params = directory.withParams(metadata, new AutoencoderModel());
        TrainedNetwork network = network(directory, params, Kind.AUTOENCODER);
        return directory.withParams(
                metadata, new AutoencoderModel(metadata.uid(), network, fit(directory)));
    }

    private static VariationalAutoencoderModel variational(
            ModelDirectory directory, Metadata metadata) {
        VariationalAutoencoderModel params =
                directory.withParams(metadata, new VariationalAutoencoderModel());
        TrainedNetwork network = network(directory, params, Kind.VARIATIONAL);
        return directory.withParams(
                metadata, new VariationalAutoencoderModel(metadata.uid(), network, fit(directory)));
    }

    private static TrainedNetwork network(
            ModelDirectory directory, NetworkModel<?> params, Kind kind) {
        if (!params.isDefined(params.architecture())) {
            throw new DataException(
                    "the model at %s is damaged: its metadata have no architecture"
                            .formatted(directory.path()));
        }
        Architecture architecture;
        try {
            architecture = ArchitectureJson.read(params.getArchitecture());
        } catch (DataException e) {
            throw new DataException(
                    "the model at %s is damaged: %s".formatted(directory.path(), e.getMessage()),
                    e);
        }
        return ParameterTable.read(directory, kind, architecture);
    }

    private static NetworkFit fit(ModelDirectory directory) {
        return NetworkFitTable.read(directory).orElse(null);
    }
}
