package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ml.core.RowScorer;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.params.ProbabilisticPcaParams;
import io.github.sparklatent.ppca.Ppca;
import io.github.sparklatent.ppca.PpcaPosterior;
import io.github.sparklatent.ppca.PpcaSampler;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.Checksum;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A fitted probabilistic PCA: codes, reconstructions, densities, anomaly scores and samples. */
public final class ProbabilisticPcaModel extends LatentModel<ProbabilisticPcaModel>
        implements ProbabilisticPcaParams<ProbabilisticPcaModel> {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final Ppca parameters;
    private final transient PpcaFit fit;

    /** Creates a model without parameters. Spark Connect does so to get the name of the class. */
    public ProbabilisticPcaModel() {
        this("", null, null);
    }

    /**
     * Creates a model.
     *
     * @param fit record of the fit; null if it is not known
     */
    public ProbabilisticPcaModel(String uid, Ppca parameters, PpcaFit fit) {
        super(uid);
        this.parameters = parameters;
        this.fit = fit;
        if (parameters != null) {
            put(latent().name(), parameters.latent());
        }
    }

    @Override
    public ModelFamily family() {
        return ProbabilisticPca.FAMILY;
    }

    /** Returns the parameters. */
    public Ppca parameters() {
        return parameters;
    }

    /** Returns the record of the fit; empty if it is not known. */
    public Optional<PpcaFit> fitRecord() {
        return Optional.ofNullable(fit);
    }

    @Override
    public int numFeatures() {
        return parameters.dimension();
    }

    @Override
    public int latentCount() {
        return parameters.latent();
    }

    @Override
    public int componentCount() {
        return 0;
    }

    private Broadcast<Shipped<Ppca>> broadcast(SparkSession spark) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(Shipped.of(parameters));
    }

    @Override
    protected RowScorer.Source scorer(SparkSession spark, OutputColumns columns) {
        Broadcast<Shipped<Ppca>> shipped = broadcast(spark);
        return () -> new PpcaBatchScorer(shipped.value().value(), columns);
    }

    @Override
    public Map<String, Object> figures() {
        return Json.object(
                "type", family().type().type(),
                "latent", parameters.latent(),
                "features", parameters.dimension(),
                "noise", parameters.noise(),
                "parameters", parameters.freeParameters());
    }

    @Override
    public String describe() {
        return "Probabilistic PCA, %s, %s, %s"
                .formatted(
                        Lines.count(parameters.latent(), "latent variable"),
                        Lines.count(parameters.dimension(), "feature"),
                        Lines.count(parameters.freeParameters(), "parameter"));
    }

    @Override
    public String describe(SampleRequest request) {
        return request.noise() ? "the model" : "the model, without the noise";
    }

    @Override
    public void fingerprint(Checksum checksum) {
        Fingerprint.add(checksum, parameters.mean());
        Fingerprint.add(checksum, parameters.loadings().data);
        Fingerprint.add(checksum, new double[] {parameters.noise()});
    }

    @Override
    public Inspection inspect() {
        Map<String, Object> figures = Json.object("noise", parameters.noise());
        Lines lines = new Lines();
        lines.add("noise", "variance %.6g", parameters.noise());
        fitRecord().ifPresent(record -> describe(record, figures, lines));
        return new Inspection(figures, lines);
    }

    private void describe(PpcaFit record, Map<String, Object> figures, Lines lines) {
        double[] explained = record.explained(parameters);
        figures.put("explained", Arrays.stream(explained).boxed().toList());
        figures.put(
                "train",
                Json.object(
                        "rows", record.rows(),
                        "weight", record.weight(),
                        "meanLogLikelihood", record.meanLogLikelihood(),
                        "holdoutMeanLogLikelihood", record.holdoutMeanLogLikelihood()));
        figures.put("origin", Json.parse(record.origin()));
        lines.add(
                "axes",
                "%s of the variance",
                Arrays.stream(explained)
                        .limit(SHOWN)
                        .mapToObj(Numbers::percent)
                        .collect(Collectors.joining(", ")));
        lines.add(
                "train",
                "%s, mean log-likelihood %.4f",
                Lines.count(record.rows(), "row"),
                record.meanLogLikelihood());
        lines.addOrigin(record.origin());
    }

    @Override
    public ModelEvaluation evaluation(EvaluationContext context) {
        return () -> {
            TrainingMonitor monitor = context.monitor();
            try (BlockTable rows = monitor.time("read", () -> context.blocks(this))) {
                List<String> warnings = new ArrayList<>(rows.facts().warnings());
                Map<String, Object> measures =
                        monitor.time("evaluate", () -> measures(rows, context, warnings));
                return new ModelEvaluation.Measured(
                        rows.facts(), warnings, rows.scaling(), measures, Map.of(), new Lines());
            }
        };
    }

    private Map<String, Object> measures(
            BlockTable rows, EvaluationContext context, List<String> warnings) {
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", meanLogLikelihood(parameters, rows.train()));
        measures.putAll(LabelMeasures.of(context, this, warnings::add));
        return measures;
    }

    /** Returns the mean log-likelihood of rows, in nats per row of weight 1. */
    static double meanLogLikelihood(Ppca parameters, RowBlocks rows) {
        double[] sums =
                rows.sums("PPCA, evaluation", new PpcaPosterior.Evaluation(parameters)).sums();
        return sums[PpcaPosterior.Evaluation.LOG_LIKELIHOOD]
                / sums[PpcaPosterior.Evaluation.WEIGHT];
    }

    /**
     * Draws rows of features. A row is a function of the seed and of its index.
     *
     * @param noise whether rows are drawn from the likelihood; otherwise they are its mean
     */
    public Dataset<Row> sample(long rows, long seed, boolean noise) {
        return draw(new SampleRequest(rows, seed, null, noise));
    }

    @Override
    public Dataset<Row> draw(SampleRequest request) {
        StructType schema =
                new StructType()
                        .add(new AttributeGroup(getFeaturesCol(), numFeatures()).toStructField());
        Broadcast<Shipped<Ppca>> shipped = broadcast(SparkSession.active());
        return request.draw(
                0,
                schema,
                () -> {
                    PpcaSampler sampler =
                            new PpcaSampler(
                                    shipped.value().value(), request.seed(), request.noise());
                    return index -> RowFactory.create(Vectors.dense(sampler.row(index)));
                });
    }

    @Override
    public ProbabilisticPcaModel copy(ParamMap extra) {
        return copyValues(new ProbabilisticPcaModel(uid(), parameters, fit), extra)
                .setParent(parent());
    }

    @Override
    public long estimatedSize() {
        return estimateMatadataSize()
                + (parameters == null
                        ? 0
                        : Double.BYTES * (long) numFeatures() * (latentCount() + 1));
    }

    @Override
    public MLWriter write() {
        return PpcaTable.writer(this);
    }

    /** Returns a reader of saved models. */
    public static MLReader<ProbabilisticPcaModel> read() {
        return new PpcaTable.Reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the
     *     message says how
     */
    public static ProbabilisticPcaModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return parameters == null
                ? "ProbabilisticPcaModel: empty"
                : "ProbabilisticPcaModel: uid=%s, latent=%d, numFeatures=%d"
                        .formatted(uid(), latentCount(), numFeatures());
    }
}
