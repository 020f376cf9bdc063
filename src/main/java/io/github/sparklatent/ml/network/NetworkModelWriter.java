package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.ml.network.record.NetworkFitTable;
import io.github.sparklatent.ml.network.record.ParameterTable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;

/**
 * Saves an autoencoder as spark.ml does: params as metadata, the networks among them, parameters as
 * {@code data/}, the record of the training as {@code fit/}.
 */
final class NetworkModelWriter extends DefaultParamsWriter {
    private final NetworkModel<?> model;

    NetworkModelWriter(NetworkModel<?> model) {
        super(model);
        this.model = model;
    }

    @Override
    public void saveImpl(String path) {
        super.saveImpl(path);
        ModelTable.write(
                ParameterTable.of(sparkSession(), model.network()),
                new Path(path, ParameterTable.NAME).toString());
        ModelTable.write(
                NetworkFitTable.of(sparkSession(), model.fitRecord()),
                new Path(path, NetworkFitTable.NAME).toString());
    }
}
