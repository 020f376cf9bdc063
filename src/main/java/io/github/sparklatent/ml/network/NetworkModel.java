package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.core.DeclaredParams;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.ModelEvaluation.Measured;
import io.github.sparklatent.ml.core.OnnxGraph;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.graph.ModelGraph;
import io.github.sparklatent.ml.network.keys.PosteriorOptions;
import io.github.sparklatent.ml.network.measure.NetworkMeasures;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.scoring.ArchitectureJson;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.RowModel;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.Checksum;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A trained neural model.
 *
 * @param <M> the class that extends this class
 */
public abstract class NetworkModel<M extends NetworkModel<M>> extends LatentModel<M> {
    private final TrainedNetwork network;
    private final transient NetworkFit fit;

    /**
     * Creates a model.
     *
     * @param network trained network; null in a model that has only Params; Spark Connect creates it to read the class
     *     name
     * @param fit record of the training; null if it is not known
     */
    NetworkModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid);
        this.network = network;
        this.fit = fit;
        if (network != null) {
            setArchitectureParams();
        }
    }

    @Override
    public abstract NetworkFamily<M> family();

    @Override
    protected SavedContent.NetworkForm content() {
        return network == null
                ? null
                : new SavedContent.NetworkForm(
                        getArchitecture(), network.parameters(), network.conditions(), network.clusters(), fit);
    }

    /** Returns the matrices of the parameters by their names, with the architecture and the fit. */
    @Override
    public Map<String, Object> namedContent() {
        return Json.object(
                "architecture",
                Json.parse(getArchitecture()),
                "parameters",
                network.matrices(),
                "clusters",
                network.clusters() == null ? null : StateCodec.tree(network.clusters()),
                "fit",
                fit == null ? null : StateCodec.tree(fit));
    }

    @Override
    protected void requireUsable() {
        for (float value : network.parameters()) {
            Require.that(Float.isFinite(value), "its parameters have %s, expected finite numbers", value);
        }
    }

    /** Returns the Param that holds the networks of a saved model as JSON. */
    public Param<String> architecture() {
        return new Param<>(this, "architecture", "architecture of the networks as JSON, set by training");
    }

    /** Returns the value of {@link #architecture()}. */
    public String getArchitecture() {
        return $(architecture());
    }

    /** Sets the Params that describe the networks, which replace the values of the Estimator. */
    void setArchitectureParams() {
        set(architecture(), ArchitectureJson.text(network.architecture()));
        put("latent", network.architecture().latent());
        if (network.architecture().components() > 0) {
            put("k", network.architecture().components());
        }
    }

    /** Returns the network. */
    public TrainedNetwork network() {
        return network;
    }

    /** Returns the record of the training; empty if it is not known. */
    public Optional<NetworkFit> fitRecord() {
        return Optional.ofNullable(fit);
    }

    @Override
    public int numFeatures() {
        return network.architecture().inputs();
    }

    @Override
    public List<Integer> densities() {
        return network.architecture().likelihood().numbers();
    }

    @Override
    public int latentCount() {
        return network.architecture().latent();
    }

    @Override
    public int componentCount() {
        return network == null ? 0 : network.components();
    }

    @Override
    public boolean offers(ScoreColumn column) {
        return super.offers(column) && (componentCount() > 0 || !column.isOfComponents());
    }

    /** Returns the options for scoring rows. */
    public ScoringOptions scoringOptions() {
        return DeclaredParams.settings(this).bind(ScoringOptions.DEFAULT);
    }

    /**
     * Returns the measures of this model.
     *
     * @param importanceSamples draws for the estimate of the log-likelihood; 0: it is not estimated
     */
    public NetworkMeasures measures(int importanceSamples) {
        double labelSmoothing =
                DeclaredParams.settings(this).bind(AdversarialOptions.DEFAULT).labelSmoothing();
        return new NetworkMeasures(network, scoringOptions(), importanceSamples, network.game(labelSmoothing));
    }

    @Override
    protected RowModel rowModel() {
        return new SavedContent.Network(network).rows(scoringOptions());
    }

    @Override
    public Map<String, Object> metrics() {
        return NetworkMetrics.model(modelType(), network);
    }

    @Override
    public String describe() {
        return NetworkMetrics.describe(network);
    }

    @Override
    public void fingerprint(Checksum checksum) {
        for (Parameter parameter : network.architecture().parameters(network.kind())) { // they may have a gigabyte
            Fingerprint.add(checksum, network.parameters(parameter.offset(), parameter.offset() + parameter.length()));
        }
        if (network.clusters() != null) {
            Fingerprint.add(checksum, network.clusters().weights());
            Fingerprint.add(checksum, network.clusters().means().data);
            network.clusters().covariances().forEach(covariance -> Fingerprint.add(checksum, covariance.data));
        }
    }

    @Override
    public Inspection inspect() {
        return NetworkMetrics.inspection(this);
    }

    @Override
    public ModelEvaluation evaluation(EvaluationContext context) {
        Scale scale = context.form().scaling().kind();
        Dataset<Row> table = context.tables().table();
        ComparisonPlan asked = ComparisonPlan.of(table.sparkSession(), modelType(), network.kind(), context.settings());
        asked.requireRowsOf(numFeatures(), context.tables().columns(), scale);
        ComparisonPlan plan = asked.withImageOf(table.schema(), network.architecture(), scale);
        return () -> evaluate(context, plan);
    }

    /** Evaluates the network on all rows of a table. */
    private Measured evaluate(EvaluationContext context, ComparisonPlan plan) {
        TrainingMonitor monitor = context.monitor();
        TrainingTables tables = context.tables();
        try (ShardTable rows = monitor.time(
                "read",
                () -> NetworkTraining.unseen(
                        tables.table(),
                        tables.columns(),
                        tables.options(),
                        context.form().scaling(),
                        network.kind(),
                        network.architecture(),
                        width -> context.requireWidth(width, this)))) {
            String name = "evaluated rows";
            plan.requireEnough(rows.train(), name);
            List<String> warnings = new ArrayList<>(rows.facts().warnings());
            Comparison comparison = monitor.time("evaluate", () -> plan.compare(this, rows, rows.train(), name));
            Map<String, Object> found = monitor.time("evaluate", () -> {
                int samples = context.settings().bind(PosteriorOptions.DEFAULT).importanceSamples();
                Map<String, Object> measures = measures(samples).of(rows.train(), "metrics of the rows");
                measures.putAll(comparison.metrics());
                measures.putAll(LabelMeasures.of(context, this, warnings::add));
                return measures;
            });
            Lines notes = new Lines();
            comparison.addTo(notes);
            return new Measured(rows.facts(), warnings, rows.scaling(), found, comparison.details(), notes);
        }
    }

    @Override
    public Optional<String> noSamplesBecause() {
        return network.kind().hasPrior()
                ? Optional.empty()
                : Optional.of(
                        "is a plain autoencoder, which has no distribution to draw rows from; train a model with model.type = vae");
    }

    @Override
    public Optional<String> noOnnxBecause(OnnxPart part) {
        return ModelGraph.noneBecause(network.kind(), part);
    }

    @Override
    protected void addTo(OnnxGraph graph) {
        new ModelGraph(network, scoringOptions()).addTo(graph);
    }

    @Override
    public Optional<String> noExplanationBecause() {
        return network.kind().hasEncoder()
                ? Optional.empty()
                : Optional.of("scores a row as a whole, by its discriminator");
    }

    @Override
    protected RowExplainer.Source explainer() {
        return new SavedContent.Network(network).explainer(scoringOptions());
    }

    @Override
    public boolean allowsMissing() {
        return network.architecture().mask();
    }

    @Override
    public boolean drawsGiven() {
        return !network.architecture().likelihood().conditions().isEmpty();
    }

    @Override
    public boolean isGivable(int feature) {
        return network.architecture().likelihood().conditions().contains(feature);
    }

    @Override
    public Dataset<Row> draw(SampleRequest request) {
        requireGenerative();
        int width = numFeatures();
        StructType schema = new StructType().add(new AttributeGroup(getFeaturesCol(), width).toStructField());
        Broadcast<Shipped<TrainedNetwork>> shipped = shipped(SparkSession.active(), network);
        return request.draw(network.architecture().components(), schema, () -> {
            NetworkSampler sampler = shipped.value().value().sampler(request.seed());
            request.component().ifPresent(sampler::fromComponent);
            request.given().ifPresent(sampler::given);
            BiConsumer<Long, double[]> drawn = request.noise() ? sampler::sample : sampler::mean;
            return index -> {
                double[] values = new double[width];
                drawn.accept(index, values);
                return RowFactory.create(Vectors.dense(values));
            };
        });
    }

    @Override
    public String describe(SampleRequest request) {
        return super.describe(request) + (request.noise() ? "" : ", without the noise of the likelihood");
    }

    /**
     * Draws rows with a column of features. A row depends only on the seed and its index.
     *
     * @param noise whether rows are drawn from the likelihood; else they are its mean, as they always are for a network
     *     trained against a discriminator
     */
    public Dataset<Row> sample(long rows, long seed, boolean noise) {
        return draw(new SampleRequest(rows, seed, null, noise));
    }

    @Override
    protected M bare() {
        return family().maker().of(uid(), network, fit);
    }

    @Override
    protected long parameterBytes() {
        return network == null ? 0 : (long) Float.BYTES * network.parameterCount();
    }

    @Override
    public String toString() {
        String name = getClass().getSimpleName();
        if (network == null) {
            return name + ": empty";
        }
        return "%s: uid=%s, %s".formatted(name, uid(), network.architecture().describe(network.kind()));
    }
}
