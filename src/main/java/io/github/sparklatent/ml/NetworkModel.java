package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Shipped;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained network of any kind: its columns, its file and how it was trained.
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
     * @param network null in a model that has only params, as Spark Connect makes one to learn its
     *     name
     * @param fit null where it is not known
     */
    NetworkModel(String uid, TrainedNetwork network, NetworkFit fit) {
        this.uid = uid;
        this.network = network;
        this.fit = fit;
        if (network != null) {
            describeItself();
        }
    }

    /**
     * The model of a network of any kind.
     *
     * @param fit null where it is not known
     */
    public static NetworkModel<?> of(String uid, TrainedNetwork network, NetworkFit fit) {
        return NetworkType.of(network.kind()).maker().of(uid, network, fit);
    }

    /**
     * Loads the saved model of a kind of network, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException where there is none, or where it is
     *     damaged; the message says how
     */
    public static NetworkModel<?> load(Kind kind, String path) {
        return load(NetworkType.of(kind).model(), path);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class of a model is that model's own
    private static NetworkModel<?> load(Class<? extends NetworkModel<?>> model, String path) {
        return (NetworkModel<?>) new NetworkModelReader(model).load(path);
    }

    /** The kind of network that models of a class hold; empty for other classes. */
    public static Optional<Kind> kindOf(String className) {
        return NetworkType.find(className).map(NetworkType::kind);
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
        if (this instanceof ComponentParams<?> params) {
            set(params.k(), network.architecture().components());
        }
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
    public ScoringOptions scoringOptions() {
        return ParamOptions.scoring(this);
    }

    /** Sets how rows are measured, as far as it matters for this kind of network. */
    public void measureBy(ScoringOptions options) {
        setSeed(options.seed());
        if (this instanceof BinarizeParams<?> grey) {
            grey.setBinarize(options.binarize());
        }
        if (this instanceof PosteriorParams<?> posterior) {
            posterior.setSamples(options.samples());
        }
    }

    /**
     * What this model is judged by.
     *
     * @param importanceSamples for the log-likelihood; 0: it is not measured
     */
    public NetworkMeasures measures(int importanceSamples) {
        return new NetworkMeasures(network, scoringOptions(), importanceSamples);
    }

    /** Whether this model can make a column. */
    public boolean offers(NetworkColumn column) {
        return hasParam(column.param());
    }

    /**
     * A copy that adds some columns and no others.
     *
     * @param names of the columns to be made
     * @throws IllegalArgumentException for a column that this model cannot make
     */
    public M withColumns(Map<NetworkColumn, String> names) {
        M copy = copy(ParamMap.empty());
        for (NetworkColumn column : NetworkColumn.values()) {
            Require.that(
                    offers(column) || !names.containsKey(column),
                    "%s makes no %s column",
                    getClass().getSimpleName(),
                    column.words());
            if (offers(column)) {
                copy.set(column.param(), names.getOrDefault(column, ""));
            }
        }
        return copy;
    }

    @Override
    @SuppressWarnings("unchecked")
    public M copy(ParamMap extra) {
        M copy = (M) NetworkType.of(getClass()).maker().of(uid, network, fit);
        return copyValues(copy, extra).setParent(parent());
    }

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
                        shipped,
                        scoringOptions(),
                        features,
                        getFeaturesCol(),
                        NetworkColumns.of(this));
        return dataset.toDF().mapPartitions(scorer, Encoders.row(out)).to(out);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Columns.requireFeatures(schema, getFeaturesCol());
        Architecture networks = network.architecture();
        return NetworkColumns.of(this)
                .append(schema, networks.inputs(), networks.latent(), networks.components());
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
                                getClass().getSimpleName(),
                                uid,
                                network.architecture().describe(network.kind()));
    }
}
