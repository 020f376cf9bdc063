package io.github.sparklatent.ml;

import io.github.sparklatent.vae.Bound;
import io.github.sparklatent.vae.GradientEstimator;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.VariationalObjective;
import io.github.sparklatent.vae.VariationalOptions;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a variational autoencoder: a distribution of rows through latent variables that are
 * Gaussian. Equal seeds give equal bits, whatever the cluster, for the same number of partitions.
 */
public final class VariationalAutoencoder extends Estimator<VariationalAutoencoderModel>
        implements VariationalParams<VariationalAutoencoder>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;

    public VariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("VariationalAutoencoder"));
    }

    public VariationalAutoencoder(String uid) {
        this.uid = uid;
        variationalDefaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * Trains on the table.
     *
     * @throws io.github.sparklatent.learn.DataException where the rows cannot be used; the message
     *     says which and why
     */
    @Override
    public VariationalAutoencoderModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        VariationalOptions options = options();
        NetworkFitting.Fitted fitted =
                new NetworkFitting(
                                this,
                                Kind.VARIATIONAL,
                                new ScoringOptions(getSamples(), getBinarize(), getSeed()),
                                networks -> new VariationalObjective(networks, options))
                        .fit(dataset);
        VariationalAutoencoderModel model =
                new VariationalAutoencoderModel(uid, fitted.network(), fitted.fit());
        copyValues(model, ParamMap.empty());
        model.describeItself();
        return model.setParent(this);
    }

    private VariationalOptions options() {
        return new VariationalOptions(
                NetworkNames.constant(Bound.class, getObjective()),
                NetworkNames.constant(GradientEstimator.class, getGradient()),
                getSamples(),
                getBeta(),
                getBetaWarmUpPasses(),
                getFreeBits(),
                NetworkFitting.corruption(this),
                getBinarize());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        InputColumns.check(this, schema);
        return NetworkColumns.of(this, getLatentVarianceCol()).append(schema, getLatent(), 0);
    }

    @Override
    public VariationalAutoencoder copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    public static MLReader<VariationalAutoencoder> read() {
        return new DefaultParamsReader<>();
    }

    public static VariationalAutoencoder load(String path) {
        return read().load(path);
    }
}
