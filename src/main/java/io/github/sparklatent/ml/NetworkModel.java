package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Shipped;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained autoencoder, plain or variational.
 *
 * @param <M> the class that extends this
 */
public abstract class NetworkModel<M extends NetworkModel<M>> extends Model<M>
        implements NetworkParams<M>, MLWritable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(NetworkModel.class);

    private final String uid;
    private final TrainedNetwork network;
    private final transient NetworkFit fit;

    /**
     * @param network null in a model that Spark Connect makes to learn its name
     * @param fit null where it is not known
     */
    NetworkModel(String uid, TrainedNetwork network, NetworkFit fit) {
        this.uid = uid;
        this.network = network;
        this.fit = fit;
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The networks of a saved model, as JSON. */
    public Param<String> architecture() {
        return new Param<>(this, "architecture", "the networks, as JSON; set by training");
    }

    public String getArchitecture() {
        return $(architecture());
    }

    /** Sets the params that say what the networks are, whatever the estimator's said. */
    void describeItself() {
        set(architecture(), ArchitectureJson.text(network.architecture()));
        set(latent(), network.architecture().latent());
    }

    /** The network itself. */
    public TrainedNetwork network() {
        return network;
    }

    /** How the network was trained; empty where that is not known. */
    public Optional<NetworkFit> fitRecord() {
        return Optional.ofNullable(fit);
    }

    /** d, numbers of a row. */
    public int numFeatures() {
        return network.architecture().inputs();
    }

    /** How rows are measured. */
    public abstract ScoringOptions scoringOptions();

    /** The columns that {@link #transform} adds. */
    abstract NetworkColumns columns();

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType out = transformSchema(dataset.schema());
        if (out.length() == dataset.schema().length()) {
            LOG.warn("the names of all columns to be made are empty: the table stays as it is");
            return dataset.toDF();
        }
        Columns.requireCarried(dataset.schema());
        Broadcast<Shipped<TrainedNetwork>> shipped =
                JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
                        .broadcast(Shipped.of(network));
        int features = Columns.index(dataset.schema(), "features", getFeaturesCol());
        NetworkRowScorer scorer =
                new NetworkRowScorer(
                        shipped, scoringOptions(), features, getFeaturesCol(), columns());
        return dataset.toDF().mapPartitions(scorer, Encoders.row(out)).to(out);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns.requireFeatures(schema, getFeaturesCol());
        return columns().append(schema, network.architecture().latent(), numFeatures());
    }

    @Override
    public long estimatedSize() {
        long parameters =
                network == null ? 0 : network.architecture().parameterCount(network.kind());
        return estimateMatadataSize() + Float.BYTES * parameters;
    }

    @Override
    public MLWriter write() {
        return new NetworkModelWriter(this);
    }

    @Override
    public String toString() {
        return network == null
                ? getClass().getSimpleName() + ": empty"
                : "%s: uid=%s, %s"
                        .formatted(
                                getClass().getSimpleName(), uid, network.architecture().describe());
    }
}
