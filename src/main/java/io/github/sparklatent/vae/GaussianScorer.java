package io.github.sparklatent.vae;

import io.github.sparklatent.vae.latent.ChainProposal;
import io.github.sparklatent.vae.latent.CodeNoise;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.ImportanceMeans;
import io.github.sparklatent.vae.latent.LogMeanExp;
import java.util.Arrays;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Scores rows of a model whose posterior is one Gaussian for each row. */
final class GaussianScorer extends ModelScorer {
    private final GaussianPosterior posterior;
    private final PriorScorer prior;
    private final LogMeanExp importance;
    private final CodeNoise noise;

    /** Null before it is needed. */
    private ChainProposal chain;

    private final FMatrixRMaj codes = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj decoded = new FMatrixRMaj(0, 0);

    GaussianScorer(ScoringTask task) {
        super(task);
        this.posterior = new GaussianPosterior(task.networks, task.maxRows, task.products);
        this.prior = PriorScorer.of(task.kind.prior(), task);
        this.importance = new LogMeanExp(task.maxRows);
        this.noise = new CodeNoise(task.maxRows * posterior.latent());
    }

    @Override
    void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        posterior.encode(task.parameters, rows);
        mean.reshape(rows.numRows, posterior.latent());
        System.arraycopy(posterior.mean(), 0, mean.data, 0, mean.getNumElements());
    }

    @Override
    void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        encode(rows, mean);
        variance.reshape(rows.numRows, posterior.latent());
        posterior.variances(variance.data);
    }

    @Override
    void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        encode(rows, codes);
        task.decode(codes, rows, mean);
    }

    @Override
    void decode(FMatrixRMaj rows, DecodedRows action) {
        encode(rows, codes);
        task.decoder.decode(task.parameters, codes, rows);
        double[] whole = new double[rows.numRows];
        Arrays.fill(whole, 1);
        action.accept(0, rows.numRows, whole);
    }

    @Override
    void draw(FMatrixRMaj rows, FMatrixRMaj drawn) {
        posterior.encode(task.parameters, rows);
        noise.draw(posterior, task.noise(rows), 1);
        drawn.reshape(rows.numRows, posterior.latent());
        noise.copyCodes(0, drawn, 0);
    }

    @Override
    void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        int count = task.options.samples();
        Arrays.fill(reconstruction, 0, rows.numRows, 0);
        Arrays.fill(divergence, 0, rows.numRows, 0);
        sample(count, rows, target, samples -> {
            samples.addDensity(reconstruction);
            prior.addDivergence(samples, count, divergence);
        });
        for (int i = 0; i < rows.numRows; i++) {
            reconstruction[i] /= -count;
        }
        prior.complete(posterior, rows, divergence);
    }

    /**
     * Computes log 1/S Σ_s p(x, z_s) / r(z_s). r is q(z|x), or a Gaussian fitted to a chain if the decoder was trained
     * on chains.
     */
    @Override
    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj target, int samples, double[] logLikelihood) {
        importance.clear();
        if (task.networks.hasChains()) {
            if (chain == null) {
                chain = new ChainProposal(task.networks, task.maxRows, task.products);
            }
            posterior.encode(task.parameters, target);
            chain.fit(task.parameters, target, posterior, task.chains(rows));
            task.sample(task.maxRows, samples, chain, task.noise(rows), target, some -> some.addImportance(importance));
        } else {
            sampleImportance(samples, rows, target);
        }
        for (int i = 0; i < rows.numRows; i++) {
            logLikelihood[i] = importance.value(i);
        }
    }

    private void sampleImportance(int samples, FMatrixRMaj rows, FMatrixRMaj target) {
        sample(samples, rows, target, some -> prior.addImportance(posterior, some, importance));
    }

    @Override
    void impute(FMatrixRMaj rows, FMatrixRMaj target, int samples, FMatrixRMaj mean, double[] logLikelihood) {
        int width = task.networks.inputs();
        ImportanceMeans means = new ImportanceMeans(rows.numRows, width);
        means.clear();
        sample(samples, rows, target, some -> {
            some.means(task.parameters, decoded);
            means.read(decoded);
            prior.addImportance(posterior, some, means);
        });
        mean.reshape(rows.numRows, width);
        means.copy(rows.numRows, mean, 0);
        for (int i = 0; i < rows.numRows; i++) {
            logLikelihood[i] = means.value(i);
        }
    }

    @Override
    void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        if (!task.kind.hasComponents()) {
            super.responsibilities(rows, responsibilities);
        }
        posterior.encode(task.parameters, rows);
        DMatrixRMaj byComponent = prior.responsibilities(posterior, rows);
        int components = byComponent.numRows;
        responsibilities.reshape(rows.numRows, components);
        for (int k = 0; k < components; k++) {
            for (int i = 0; i < rows.numRows; i++) {
                responsibilities.data[i * components + k] = (float) byComponent.data[k * rows.numRows + i];
            }
        }
    }

    /** Encodes the target, then draws and decodes samples. The random draws follow from the content of the rows. */
    private void sample(int count, FMatrixRMaj rows, FMatrixRMaj target, Consumer<CodeSamples> action) {
        posterior.encode(task.parameters, target);
        task.sample(task.maxRows, count, posterior, task.noise(rows), target, action);
    }
}
