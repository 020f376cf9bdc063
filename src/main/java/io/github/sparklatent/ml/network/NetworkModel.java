package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.objective.StochasticObjective;
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
import io.github.sparklatent.ml.network.options.LikelihoodColumns;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.scoring.ArchitectureJson;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.RowModel;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    /** Parameters that are added to a checksum at once; a network can have a gigabyte of them. */
    private static final int FINGERPRINTED = 1 << 16;

    private static final String EVALUATED = "evaluated rows";

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
        Map<String, Object> matrices = new LinkedHashMap<>();
        for (Parameter parameter : network.architecture().parameters(network.kind())) {
            float[][] rows = new float[parameter.rows()][];
            for (int i = 0; i < rows.length; i++) {
                int from = parameter.offset() + i * parameter.columns();
                rows[i] = network.parameters(from, from + parameter.columns());
            }
            matrices.put(parameter.name(), rows);
        }
        return Json.object(
                "architecture",
                Json.parse(getArchitecture()),
                "parameters",
                matrices,
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

    /** Returns the adversarial objective of the training; null if there was no discriminator. */
    StochasticObjective game() {
        return switch (network.kind()) {
            case ADVERSARIAL ->
                network.architecture().networks(Kind.ADVERSARIAL).game(gameRules());
            case VARIATIONAL_ADVERSARIAL ->
                new VariationalAdversarialObjective(
                        network.architecture(), VariationalAdversarialOptions.DEFAULT.withAdversarial(gameRules()));
            default -> null;
        };
    }

    /**
     * Returns the options for evaluating the adversarial objective. Labels are smoothed as in training, because they
     * determine which answers of the discriminator count as undecided.
     */
    private AdversarialOptions gameRules() {
        return AdversarialOptions.DEFAULT.withLabelSmoothing(
                DeclaredParams.settings(this).bind(AdversarialOptions.DEFAULT).labelSmoothing());
    }

    /**
     * Returns the measures of this model.
     *
     * @param importanceSamples draws for the estimate of the log-likelihood; 0: it is not estimated
     */
    public NetworkMeasures measures(int importanceSamples) {
        return new NetworkMeasures(network, scoringOptions(), importanceSamples, game());
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
        for (int from = 0; from < network.parameterCount(); from += FINGERPRINTED) {
            int to = (int) Math.min(from + (long) FINGERPRINTED, network.parameterCount());
            Fingerprint.add(checksum, network.parameters(from, to));
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
        try (ShardTable rows = monitor.time("read", () -> rows(context))) {
            plan.requireEnough(rows.train(), EVALUATED);
            List<String> warnings = new ArrayList<>(rows.facts().warnings());
            Comparison comparison = monitor.time("evaluate", () -> plan.compare(this, rows, rows.train(), EVALUATED));
            Map<String, Object> measures =
                    monitor.time("evaluate", () -> measures(context, rows, comparison, warnings));
            Lines notes = new Lines();
            comparison.addTo(notes);
            return new Measured(rows.facts(), warnings, rows.scaling(), measures, comparison.details(), notes);
        }
    }

    private ShardTable rows(EvaluationContext context) {
        TrainingTables tables = context.tables();
        return ShardTable.of(
                tables.table(),
                tables.columns(),
                context.form().scaling(),
                tables.options(),
                width -> {
                    context.requireWidth(width, this);
                    return LikelihoodColumns.check(
                                    network.kind(),
                                    network.architecture().likelihood(),
                                    tables.columns().featureNames(width))
                            .ofHeldOut();
                },
                UnaryOperator.identity());
    }

    private Map<String, Object> measures(
            EvaluationContext context, ShardTable rows, Comparison comparison, List<String> warnings) {
        int samples = context.settings().bind(PosteriorOptions.DEFAULT).importanceSamples();
        Map<String, Object> found = new LinkedHashMap<>(measures(samples).of(rows.train(), "metrics of the rows"));
        found.putAll(comparison.metrics());
        found.putAll(LabelMeasures.of(context, this, warnings::add));
        return found;
    }

    @Override
    public Optional<String> noSamplesBecause() {
        return network.kind().hasPrior()
                ? Optional.empty()
                : Optional.of("is a plain autoencoder, which has no distribution to draw rows from;"
                        + " train a model with model.type = vae");
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
        return !conditions().isEmpty();
    }

    @Override
    public boolean isGivable(int feature) {
        return conditions().contains(feature);
    }

    private Conditions conditions() {
        return network.architecture().likelihood().conditions();
    }

    @Override
    public Dataset<Row> draw(SampleRequest request) {
        requireGenerative();
        int width = numFeatures();
        StructType schema = new StructType().add(new AttributeGroup(getFeaturesCol(), width).toStructField());
        Broadcast<Shipped<TrainedNetwork>> shipped = shipped(SparkSession.active(), network);
        return request.draw(network.architecture().components(), schema, () -> {
            TrainedNetwork drawn = shipped.value().value();
            NetworkSampler sampler = request.component()
                    .map(k -> drawn.sampler(k, request.seed()))
                    .orElseGet(() -> drawn.sampler(request.seed()));
            request.given().ifPresent(sampler::given);
            return index -> {
                double[] values = new double[width];
                if (request.noise()) {
                    sampler.sample(index, values);
                } else {
                    sampler.mean(index, values);
                }
                return RowFactory.create(Vectors.dense(values));
            };
        });
    }

    @Override
    public String describe(SampleRequest request) {
        String what = request.component().map(k -> "component " + k).orElse("the model");
        return request.noise() ? what : what + ", without the noise of the likelihood";
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

    /**
     * Draws rows of one component, otherwise like {@link #sample(long, long, boolean)}.
     *
     * @param component index of the component, from 0
     */
    public Dataset<Row> sample(long rows, long seed, boolean noise, int component) {
        return draw(new SampleRequest(rows, seed, component, noise));
    }

    @Override
    protected M bare() {
        return family().maker().of(uid(), network, fit);
    }

    @Override
    protected long parameterBytes() {
        long parameters = network == null ? 0 : network.architecture().parameterCount(network.kind());
        return Float.BYTES * parameters;
    }

    @Override
    public String toString() {
        return network == null
                ? getClass().getSimpleName() + ": empty"
                : "%s: uid=%s, %s"
                        .formatted(
                                getClass().getSimpleName(),
                                uid(),
                                network.architecture().describe(network.kind()));
    }
}
