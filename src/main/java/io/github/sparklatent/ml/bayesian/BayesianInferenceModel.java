package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.inference.PredictiveDensity;
import io.github.sparklatent.inference.RowSampler;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.UserCodeException;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.ml.core.RowScorer;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.params.BayesianInferenceParams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.Checksum;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A density with the posterior of its parameters: log posterior predictive densities, anomaly scores and, if the
 * density can draw rows, samples.
 */
public final class BayesianInferenceModel extends LatentModel<BayesianInferenceModel>
        implements BayesianInferenceParams<BayesianInferenceModel> {
    private static final long serialVersionUID = 1L;

    /** Most quantities that inspect prints; the JSON has all. */
    private static final int SHOWN = 50;

    private final FittedDensity fitted;
    private final transient BayesianRecord fit;

    /** Creates a model without a density. Spark Connect does so to get the name of the class. */
    public BayesianInferenceModel() {
        this("", null, null);
    }

    /**
     * Creates a model.
     *
     * @param fitted null in a model that has only Params
     * @param fit record of the fit; null if it is not known
     */
    public BayesianInferenceModel(String uid, FittedDensity fitted, BayesianRecord fit) {
        super(uid);
        this.fitted = fitted;
        this.fit = fit;
    }

    @Override
    public BayesianFamily family() {
        return BayesianInference.FAMILY;
    }

    /** Returns the density and its posterior. */
    public FittedDensity fitted() {
        return fitted;
    }

    /** Returns the record of the fit; empty if it is not known. */
    public Optional<BayesianRecord> fitRecord() {
        return Optional.ofNullable(fit);
    }

    @Override
    public int numFeatures() {
        return fitted.columns().size();
    }

    @Override
    public int latentCount() {
        return 0;
    }

    @Override
    public int componentCount() {
        return 0;
    }

    @Override
    public Optional<String> noOnnxBecause(OnnxPart part) {
        return Optional.of("has a density that is a Java class, which has no form as an ONNX graph");
    }

    @Override
    protected RowScorer.Source scorer(SparkSession spark) {
        Broadcast<Shipped<PredictiveDensity.Evaluation>> shipped = shipped(spark, fitted.predictive());
        int width = numFeatures();
        return columns -> new BayesianBatchScorer(width, shipped.value().value(), columns);
    }

    @Override
    public Map<String, Object> figures() {
        return Json.object(
                "type", family().type().type(),
                "density", fitted.name(),
                "settings", fitted.settings().values(),
                "posterior", fitted.posterior().form().toString(),
                "features", numFeatures(),
                "parameters", fitted.posterior().parameters());
    }

    /** Returns the figures of a fit. */
    static Map<String, Object> figures(BayesianRecord record) {
        return Json.object(
                "elbo", record.elbo(),
                "elboError", record.elboError(),
                "meanLogPredictiveDensity", record.meanLogDensity(),
                "rounds", record.rounds(),
                "converged", record.converged());
    }

    @Override
    public String describe() {
        return "density %s, %s posterior of %s, %s"
                .formatted(
                        fitted.name(),
                        fitted.posterior().form(),
                        Lines.count(fitted.posterior().parameters(), "parameter"),
                        Lines.count(numFeatures(), "feature"));
    }

    @Override
    public String describe(SampleRequest request) {
        return "the posterior predictive distribution";
    }

    @Override
    public void fingerprint(Checksum checksum) {
        Fingerprint.add(checksum, fitted.posterior().mean());
        Fingerprint.add(checksum, fitted.posterior().factor());
        Fingerprint.add(checksum, fitted.draws().data);
    }

    @Override
    public Inspection inspect() {
        Map<String, Object> figures = new LinkedHashMap<>();
        Lines lines = new Lines();
        List<Map<String, Object>> all = new ArrayList<>();
        for (ParameterSummary of : fitted.quantities()) {
            all.add(Json.object(
                    "name", of.name(),
                    "mean", of.mean(),
                    "deviation", of.deviation(),
                    "lower", of.lower(),
                    "upper", of.upper()));
            if (all.size() <= SHOWN) {
                lines.add(
                        all.size() == 1 ? "parameters" : "",
                        "%s %.6g ± %.2g, 95%% in %.6g to %.6g",
                        of.name(),
                        of.mean(),
                        of.deviation(),
                        of.lower(),
                        of.upper());
            }
        }
        if (all.size() > SHOWN) {
            lines.add("", "and %d more; --json prints all", all.size() - SHOWN);
        }
        fitted.explanations().forEach(sentence -> lines.add("", "%s", sentence));
        figures.put("parameters", all);
        fitRecord().ifPresent(record -> {
            Map<String, Object> train = figures(record);
            train.put("rows", record.rows());
            train.put("weight", record.weight());
            train.put("holdoutMeanLogPredictiveDensity", record.holdoutMeanLogDensity());
            figures.put("train", train);
            figures.put("origin", Json.parse(record.origin()));
            lines.add(
                    "train",
                    "%s, ELBO %.4f ± %.2g, mean log predictive density %.4f",
                    Lines.count(record.rows(), "row"),
                    record.elbo(),
                    record.elboError(),
                    record.meanLogDensity());
            lines.addOrigin(record.origin());
        });
        return new Inspection(figures, lines);
    }

    @Override
    public boolean allowsMissing() {
        return false;
    }

    @Override
    public ModelEvaluation evaluation(EvaluationContext context) {
        return () -> {
            TrainingMonitor monitor = context.monitor();
            try (BlockTable rows = monitor.time("read", () -> context.blocks(this))) {
                List<String> warnings = new ArrayList<>(rows.facts().warnings());
                Map<String, Object> measures = new LinkedHashMap<>();
                monitor.time("evaluate", () -> {
                    measures.put("meanLogPredictiveDensity", fitted.meanLogDensity(rows.train()));
                    measures.putAll(LabelMeasures.of(context, this, warnings::add));
                    return null;
                });
                return new ModelEvaluation.Measured(
                        rows.facts(), warnings, rows.scaling(), measures, Map.of(), new Lines());
            }
        };
    }

    @Override
    public Optional<String> noSamplesBecause() {
        return fitted.model() instanceof RowSampler
                ? Optional.empty()
                : Optional.of(
                        "has a density that does not implement %s: %s; implement it in this class, or train with a density that draws rows (%s)"
                                .formatted(RowSampler.class.getName(), fitted.name(), Densities.samplers()));
    }

    /**
     * Draws rows of features. A row is a function of the seed and of its index; each has its own draw of the
     * parameters.
     */
    @Override
    public Dataset<Row> draw(SampleRequest request) {
        requireGenerative();
        StructType schema = new StructType().add(new AttributeGroup(getFeaturesCol(), numFeatures()).toStructField());
        Broadcast<Shipped<PredictiveDensity.Evaluation>> shipped = shipped(SparkSession.active(), fitted.predictive());
        int width = numFeatures();
        return request.draw(0, schema, () -> {
            PredictiveDensity.Evaluation found = shipped.value().value();
            return index -> row(found, request.seed(), index, width);
        });
    }

    private static Row row(PredictiveDensity.Evaluation found, long seed, long index, int width) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.PREDICTED_ROW, index);
        int p = found.draws().numCols;
        int s = random.nextInt(found.draws().numRows);
        double[] theta = Arrays.copyOfRange(found.draws().data, s * p, (s + 1) * p);
        double[] row = new double[width];
        RowSampler sampler = (RowSampler) found.model();
        UserCodeException.calling(sampler, "sample", () -> {
            sampler.sample(theta, random, row);
            return row;
        });
        return RowFactory.create(Vectors.dense(row));
    }

    @Override
    protected long parameterBytes() {
        return fitted == null ? 0 : Double.BYTES * (long) fitted.draws().getNumElements();
    }

    @Override
    protected BayesianFamily.Content content() {
        return fitted == null ? null : BayesianFamily.Content.of(fitted, fit);
    }

    @Override
    protected BayesianInferenceModel bare() {
        return new BayesianInferenceModel(uid(), fitted, fit);
    }

    @Override
    public String toString() {
        return fitted == null
                ? "BayesianInferenceModel: empty"
                : "BayesianInferenceModel: uid=%s, density=%s, numFeatures=%d"
                        .formatted(uid(), fitted.name(), numFeatures());
    }

    /** Returns a reader of saved models. */
    public static MLReader<BayesianInferenceModel> read() {
        return BayesianInference.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the message says how
     */
    public static BayesianInferenceModel load(String path) {
        return read().load(path);
    }
}
