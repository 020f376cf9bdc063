package io.github.sparklatent.vae;

import io.github.sparklatent.vae.latent.ChainProposal;
import io.github.sparklatent.vae.latent.ClassDivergence;
import io.github.sparklatent.vae.latent.CodeNoise;
import io.github.sparklatent.vae.latent.CodeSamples;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.latent.ImportanceMeans;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.MixtureDivergence;
import io.github.sparklatent.vae.latent.PriorDensity;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.PriorFamily;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
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

    private final FMatrixRMaj decoded = new FMatrixRMaj(0, 0);

    GaussianScorer(ScoringTask task) {
        super(task);
        this.posterior = new GaussianPosterior(task.networks, task.maxRows, task.products);
        this.prior = PriorScorer.of(task.kind.prior(), task);
        this.importance = new LogMeanExp(task.maxRows);
        this.noise = new CodeNoise(task.maxRows * posterior.latent());
    }

    private void encode(FMatrixRMaj rows) {
        if (!task.areEncoded(rows)) {
            posterior.encode(task.parameters, rows);
        }
    }

    @Override
    void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        encode(rows);
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
    void draw(FMatrixRMaj rows, FMatrixRMaj drawn) {
        encode(rows);
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
            encode(target);
            chain.fit(task.parameters, target, posterior, task.chains(rows));
            task.sample(task.maxRows, samples, chain, task.noise(rows), target, some -> some.addImportance(importance));
        } else {
            sample(samples, rows, target, some -> prior.addImportance(posterior, some, importance));
        }
        for (int i = 0; i < rows.numRows; i++) {
            logLikelihood[i] = importance.value(i);
        }
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
        encode(rows);
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
        encode(target);
        task.sample(task.maxRows, count, posterior, task.noise(rows), target, action);
    }

    /** The prior's part in scoring rows whose posterior is one Gaussian. An object holds the buffers of one task. */
    private interface PriorScorer {
        static PriorScorer of(PriorFamily family, ScoringTask task) {
            return switch (family) {
                case GAUSSIAN_MIXTURE -> new MixtureComponents(task);
                case CLASSES -> new Classes(task);
                case STANDARD_NORMAL, NONE -> new StandardNormal();
            };
        }

        /** Adds the part of each row's divergence that is a mean over its L samples; some were decoded together. */
        default void addDivergence(CodeSamples samples, int count, double[] divergence) {}

        /** Completes the divergence of each row of a batch; random draws follow from the rows' content. */
        void complete(GaussianPosterior posterior, FMatrixRMaj rows, double[] divergence);

        /** Passes on p(x_i, z_is) / q(z_is | x_i) of the samples decoded together. */
        void addImportance(GaussianPosterior posterior, CodeSamples samples, LogMeanExp weights);

        /** Returns q(y|x) of the rows encoded last, K × n, a buffer; random draws follow from the rows' content. */
        default DMatrixRMaj responsibilities(GaussianPosterior posterior, FMatrixRMaj rows) {
            throw new IllegalStateException("the prior has no components");
        }

        /** The prior N(0, I). */
        final class StandardNormal implements PriorScorer {
            @Override
            public void complete(GaussianPosterior posterior, FMatrixRMaj rows, double[] divergence) {
                for (int i = 0; i < rows.numRows; i++) {
                    divergence[i] = posterior.divergence(i);
                }
            }

            @Override
            public void addImportance(GaussianPosterior posterior, CodeSamples samples, LogMeanExp weights) {
                samples.addImportance(weights);
            }
        }

        /** A prior with components. The draws of q(y|x) follow from the row's content. */
        abstract class Components implements PriorScorer {
            final ScoringTask task;
            final PriorDensity density;
            private final double[] logPrior;

            Components(ScoringTask task) {
                this.task = task;
                this.density = new PriorDensity(task.networks);
                this.logPrior = new double[maxCodes(task)];
            }

            static int maxCodes(ScoringTask task) {
                return Math.max(task.maxRows, ScoringTask.MAX_CODES);
            }

            /** Returns p(y|z) of codes, or the model's q(y|z), K × n, columns of sum 1; a buffer. */
            abstract DMatrixRMaj shares(FMatrixRMaj z);

            @Override
            public final DMatrixRMaj responsibilities(GaussianPosterior posterior, FMatrixRMaj rows) {
                RandomGenerator[] noise = task.noise(rows);
                int latent = posterior.latent();
                return task.responsibilities(
                        rows.numRows,
                        (from, to, codes) -> {
                            for (int at = 0; at < codes.getNumElements(); at++) {
                                float epsilon = (float) noise[at / latent].nextGaussian();
                                codes.data[at] =
                                        posterior.mean()[at] + posterior.deviation()[at] * epsilon;
                            }
                        },
                        this::shares);
            }

            @Override
            public final void addImportance(GaussianPosterior posterior, CodeSamples samples, LogMeanExp weights) {
                density.logDensity(task.parameters, samples.codes(), null, logPrior, 0);
                int n = posterior.rows();
                for (int s = 0; s < samples.samples(); s++) {
                    for (int i = 0; i < n; i++) {
                        double ratio = logPrior[s * n + i] - logPosterior(posterior, samples, i, s);
                        weights.add(i, s * n + i, samples.density(i, s) + ratio);
                    }
                }
            }

            /** Returns log q(z|x) of a sample. */
            private static double logPosterior(GaussianPosterior posterior, CodeSamples samples, int row, int sample) {
                double sum = -posterior.entropy(row);
                for (int j = 0; j < posterior.latent(); j++) {
                    double epsilon = samples.noise(row, sample, j);
                    sum += 0.5 * (1 - epsilon * epsilon);
                }
                return sum;
            }
        }

        /** The components of a {@link MixturePrior}. */
        final class MixtureComponents extends Components {
            private final MixtureDivergence divergences;
            private double[] totals = new double[0];

            MixtureComponents(ScoringTask task) {
                super(task);
                this.divergences = new MixtureDivergence(task.networks, task.maxRows, 1);
            }

            @Override
            DMatrixRMaj shares(FMatrixRMaj z) {
                if (totals.length < z.numRows) {
                    totals = new double[z.numRows];
                }
                density.logDensity(task.parameters, z, null, totals, 0);
                return density.responsibilities();
            }

            @Override
            public void complete(GaussianPosterior posterior, FMatrixRMaj rows, double[] divergence) {
                DMatrixRMaj shares = responsibilities(posterior, rows);
                divergences.compute(task.parameters, posterior);
                for (int i = 0; i < rows.numRows; i++) {
                    divergence[i] = divergences.divergence(i, shares);
                    for (int at = i; at < shares.getNumElements(); at += rows.numRows) {
                        double share = shares.data[at];
                        divergence[i] += share > 0 ? share * StrictMath.log(share) : 0;
                    }
                }
            }
        }

        /** The components as classes; the classifier computes q(y|z). */
        final class Classes extends Components {
            private final ClassDivergence classes;

            Classes(ScoringTask task) {
                super(task);
                this.classes = new ClassDivergence(task.networks, maxCodes(task), task.products);
            }

            @Override
            DMatrixRMaj shares(FMatrixRMaj z) {
                classes.classify(task.parameters, z);
                return classes.shares();
            }

            @Override
            public void addDivergence(CodeSamples samples, int count, double[] divergence) {
                classes.classify(task.parameters, samples.codes());
                int n = samples.codes().numRows / samples.samples();
                for (int code = 0; code < samples.codes().numRows; code++) {
                    divergence[code % n] += classes.divergence(code) / count;
                }
            }

            @Override
            public void complete(GaussianPosterior posterior, FMatrixRMaj rows, double[] divergence) {
                for (int i = 0; i < rows.numRows; i++) {
                    divergence[i] -= posterior.entropy(i);
                }
            }
        }
    }
}
