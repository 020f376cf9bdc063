package io.github.sparklatent.ml;

import io.github.sparklatent.vae.AutoencoderObjective;
import io.github.sparklatent.vae.AutoencoderOptions;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.ScoringOptions;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains an autoencoder: networks that squeeze a row into a few latent variables and give it back.
 * With {@code corruption} it learns to mend damaged rows. Equal seeds give equal bits, whatever the
 * cluster, for the same number of partitions.
 */
public final class Autoencoder extends Estimator<AutoencoderModel>
        implements NetworkParams<Autoencoder>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;

    public Autoencoder() {
        this(Identifiable$.MODULE$.randomUID("Autoencoder"));
    }

    public Autoencoder(String uid) {
        this.uid = uid;
        networkDefaults();
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
    public AutoencoderModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        AutoencoderOptions options =
                new AutoencoderOptions(NetworkFitting.corruption(this), getBinarize());
        NetworkFitting.Fitted fitted =
                new NetworkFitting(
                                this,
                                Kind.AUTOENCODER,
                                new ScoringOptions(1, getBinarize(), getSeed()),
                                networks -> new AutoencoderObjective(networks, options))
                        .fit(dataset);
        AutoencoderModel model = new AutoencoderModel(uid, fitted.network(), fitted.fit());
        copyValues(model, ParamMap.empty());
        model.describeItself();
        return model.setParent(this);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        InputColumns.check(this, schema);
        return NetworkColumns.of(this, "").append(schema, getLatent(), 0);
    }

    @Override
    public Autoencoder copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    public static MLReader<Autoencoder> read() {
        return new DefaultParamsReader<>();
    }

    public static Autoencoder load(String path) {
        return read().load(path);
    }
}
