package io.github.sparklatent.ml.network;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.record.ArchitectureJson;
import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.ml.network.record.NetworkFitTable;
import io.github.sparklatent.ml.network.record.ParameterTable;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;

/** Reads the network of a saved model, which may be part of a saved pipeline. */
final class SavedNetwork {
    private SavedNetwork() {}

    /**
     * Returns the model in a directory.
     *
     * @throws DataException if it does not exist or is damaged
     */
    static <M extends NetworkModel<M>> M find(ModelDirectory found, NetworkFamily<M> family) {
        ModelDirectory directory = found.only(family.model());
        Metadata metadata = directory.metadata();
        M params = directory.withParams(metadata, family.maker().of(metadata.uid(), null, null));
        Architecture networks = architecture(directory, params, family.kind());
        TrainedNetwork network = ParameterTable.read(directory, family.kind(), networks);
        NetworkFit fit = NetworkFitTable.read(directory).orElse(null);
        return directory.withParams(metadata, family.maker().of(metadata.uid(), network, fit));
    }

    private static Architecture architecture(
            ModelDirectory directory, NetworkModel<?> params, Kind kind) {
        if (!params.isDefined(params.architecture())) {
            throw damaged(directory, "its metadata does not have the Param architecture", null);
        }
        try {
            Architecture architecture = ArchitectureJson.read(params.getArchitecture());
            architecture.parameterCount(
                    kind); // throws if a part that this kind of model needs is missing
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
