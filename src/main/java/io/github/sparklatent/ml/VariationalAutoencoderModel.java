package io.github.sparklatent.ml;

import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A trained variational autoencoder: a distribution of rows through latent variables. */
public final class VariationalAutoencoderModel extends NetworkModel<VariationalAutoencoderModel>
        implements VariationalParams<VariationalAutoencoderModel> {
    private static final long serialVersionUID = 1L;

    /** A model without a network, which Spark Connect makes to learn its name. */
    public VariationalAutoencoderModel() {
        super("", null, null);
        variationalDefaults();
    }

    /**
     * The model of a network.
     *
     * @param fit null where it is not known
     */
    public VariationalAutoencoderModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
        variationalDefaults();
        describeItself();
    }

    @Override
    public ScoringOptions scoringOptions() {
        return new ScoringOptions(getSamples(), getBinarize(), getSeed());
    }

    @Override
    NetworkColumns columns() {
        return NetworkColumns.of(this, getLatentVarianceCol());
    }

    /**
     * Draws rows: the features, a function of the seed and of the row's index alone.
     *
     * @param noise whether they are drawn from the likelihood; else they are its mean
     */
    public Dataset<Row> sample(long rows, long seed, boolean noise) {
        return NetworkSamples.table(network(), getFeaturesCol(), rows, seed, noise);
    }

    @Override
    public VariationalAutoencoderModel copy(ParamMap extra) {
        VariationalAutoencoderModel copy =
                new VariationalAutoencoderModel(uid(), network(), fitRecord().orElse(null));
        return copyValues(copy, extra).setParent(parent());
    }

    public static MLReader<VariationalAutoencoderModel> read() {
        return new NetworkModelReader<>(VariationalAutoencoderModel.class);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static VariationalAutoencoderModel load(String path) {
        return read().load(path);
    }
}
