package io.github.sparklatent.ml;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;

/** Finds the network in a saved model: alone, or in a pipeline that holds one. */
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
        return type.cast(alone(directory, metadata, NetworkType.of(type)));
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

    private static NetworkModel<?> alone(
            ModelDirectory directory, Metadata metadata, NetworkType type) {
        NetworkModel<?> params =
                directory.withParams(metadata, type.maker().of(metadata.uid(), null, null));
        Architecture networks = architecture(directory, params, type.kind());
        TrainedNetwork network = ParameterTable.read(directory, type.kind(), networks);
        NetworkFit fit = NetworkFitTable.read(directory).orElse(null);
        return directory.withParams(metadata, type.maker().of(metadata.uid(), network, fit));
    }

    private static Architecture architecture(
            ModelDirectory directory, NetworkModel<?> params, Kind kind) {
        if (!params.isDefined(params.architecture())) {
            throw damaged(directory, "its metadata have no architecture", null);
        }
        try {
            Architecture architecture = ArchitectureJson.read(params.getArchitecture());
            architecture.parameterCount(kind); // refuses what the kind lacks
            return architecture;
        } catch (DataException | IllegalArgumentException e) {
            throw damaged(directory, e.getMessage(), e);
        }
    }

    private static DataException damaged(
            ModelDirectory directory, String found, RuntimeException cause) {
        return new DataException(
                "the model at %s is damaged: %s".formatted(directory.path(), found), cause);
    }
}
