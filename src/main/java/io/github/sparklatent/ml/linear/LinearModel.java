package io.github.sparklatent.ml.linear;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelComponent;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Words;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.SavedContent.LinearRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.Checksum;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A fitted linear Gaussian model: codes, reconstructions, densities, anomaly scores and samples.
 *
 * @param <M> the class that extends this class
 */
public abstract class LinearModel<M extends LinearModel<M>> extends LatentModel<M> {
    private static final int SHOWN = 20;

    private final LinearGaussian parameters;
    private final transient LinearRecord fit;

    /** Creates a model; one that has only Params has no content, null. */
    LinearModel(String uid, SavedContent.Linear content) {
        super(uid);
        this.parameters = content == null ? null : content.parameters();
        this.fit = content == null ? null : content.fit();
        if (parameters != null) {
            put(LinearEstimator.LATENT, parameters.latent());
        }
    }

    @Override
    public abstract ModelFamily<M, SavedContent.Linear> family();

    @Override
    protected SavedContent.Linear content() {
        return parameters == null ? null : new SavedContent.Linear(parameters, fit);
    }

    @Override
    protected M bare() {
        return family().model(uid(), content());
    }

    /** Returns the name of the model at the beginning of a sentence. */
    final String name() {
        return Words.capitalised(family().type().words());
    }

    /** Returns the parameters. */
    public LinearGaussian parameters() {
        return parameters;
    }

    /** Returns the record of the fit; empty if it is not known. */
    public Optional<LinearRecord> fitRecord() {
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
    public Map<String, Object> metrics() {
        return Json.object(
                "type", family().type().type(),
                "latent", parameters.latent(),
                "features", parameters.dimension(),
                "noise", noise(),
                "parameters", freeParameters());
    }

    private long freeParameters() {
        return MixtureParameters.of(parameters).freeParameters();
    }

    /** Returns σ² of probabilistic PCA, or the list of the noise variances of factor analysis. */
    private Object noise() {
        return parameters.isIsotropic()
                ? (Object) parameters.noise(0)
                : Arrays.stream(parameters.noise()).boxed().toList();
    }

    @Override
    public String describe() {
        return "%s, %s, %s, %s"
                .formatted(
                        name(),
                        Lines.count(parameters.latent(), "latent variable"),
                        Lines.count(parameters.dimension(), "feature"),
                        Lines.count(freeParameters(), "parameter"));
    }

    @Override
    public String describe(SampleRequest request) {
        return request.noise() ? "the model" : "the model, without the noise";
    }

    @Override
    public void fingerprint(Checksum checksum) {
        Fingerprint.add(checksum, parameters.mean());
        Fingerprint.add(checksum, parameters.loadings().data);
        Fingerprint.add(checksum, parameters.noise());
    }

    /** Returns the latent variables, each with its share of the variance and its loadings. */
    @Override
    public List<ModelComponent> describedComponents() {
        List<String> names = featureNames();
        double[] shares = fit == null ? new double[latentCount()] : fit.explained(parameters);
        List<ModelComponent> components = new ArrayList<>();
        for (int i = 0; i < latentCount(); i++) {
            List<ModelComponent.Entry> loadings = new ArrayList<>();
            for (int j = 0; j < numFeatures(); j++) {
                loadings.add(new ModelComponent.Entry(
                        names.get(j), parameters.loadings().get(j, i), null, null));
            }
            String share = "explains %s of the variance".formatted(Numbers.percent(shares[i]));
            components.add(new ModelComponent(shares[i], share, loadings));
        }
        return components;
    }

    @Override
    public Inspection inspect() {
        Map<String, Object> metrics = Json.object("noise", noise());
        Lines lines = new Lines();
        if (parameters.isIsotropic()) {
            lines.add("noise", "variance %.6g", parameters.noise(0));
        } else {
            DoubleSummaryStatistics noise = Arrays.stream(parameters.noise()).summaryStatistics();
            lines.add("noise", "variances %.6g to %.6g", noise.getMin(), noise.getMax());
        }
        fitRecord().ifPresent(record -> describe(record, metrics, lines));
        return new Inspection(metrics, lines);
    }

    private void describe(LinearRecord record, Map<String, Object> metrics, Lines lines) {
        double[] explained = record.explained(parameters);
        metrics.put("explained", Arrays.stream(explained).boxed().toList());
        metrics.put(
                "train",
                Json.object(
                        "rows", record.rows(),
                        "weight", record.weight(),
                        "meanLogLikelihood", record.meanLogLikelihood(),
                        "rounds", record.rounds(),
                        "converged", record.converged(),
                        "holdoutMeanLogLikelihood", record.holdoutMeanLogLikelihood()));
        metrics.put("origin", Json.parse(record.origin()));
        lines.add(
                "axes",
                "%s of the variance",
                Arrays.stream(explained).limit(SHOWN).mapToObj(Numbers::percent).collect(Collectors.joining(", ")));
        lines.add(
                "train", "%s, mean log-likelihood %.4f", Lines.count(record.rows(), "row"), record.meanLogLikelihood());
        lines.addOrigin(record.origin());
    }

    @Override
    public ModelEvaluation evaluation(EvaluationContext context) {
        return ModelEvaluation.of(context, this, (rows, warnings) -> {
            Map<String, Object> measures =
                    Json.object("meanLogLikelihood", meanLogLikelihood(parameters, rows.train()));
            measures.putAll(LabelMeasures.of(context, this, warnings::add));
            return measures;
        });
    }

    /** Returns the mean log-likelihood of rows, in nats per row of weight 1. */
    static double meanLogLikelihood(LinearGaussian parameters, RowBlocks rows) {
        return MixtureEvaluation.of(MixedMixture.of(MixtureParameters.of(parameters)), rows)
                .meanLogLikelihood();
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
        StructType schema = new StructType().add(new AttributeGroup(getFeaturesCol(), numFeatures()).toStructField());
        Broadcast<Shipped<LinearGaussian>> shipped = shipped(SparkSession.active(), parameters);
        return request.draw(0, schema, () -> {
            LinearGaussian model = shipped.value().value();
            return index -> RowFactory.create(Vectors.dense(model.draw(request.seed(), index, request.noise())));
        });
    }

    @Override
    protected long parameterBytes() {
        return parameters == null ? 0 : Double.BYTES * (long) numFeatures() * (latentCount() + 1);
    }

    @Override
    public String toString() {
        String name = getClass().getSimpleName();
        return parameters == null
                ? name + ": empty"
                : "%s: uid=%s, latent=%d, numFeatures=%d".formatted(name, uid(), latentCount(), numFeatures());
    }
}
