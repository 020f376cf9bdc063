package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.JobSeconds;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.RoundSeconds;
import io.github.sparklatent.report.RunOrigin;
import io.github.sparklatent.report.chart.Image;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * The content of a report on a trained network: figures and samples of rows. d is the number of
 * features, l the number of latent dimensions. A figure that was not measured is NaN, and a part
 * that does not exist is null or empty, as each field documents. Rows are in the units of the
 * table.
 *
 * @param title heading of the page, such as the name of the result
 * @param network the network
 * @param training figures of the training
 * @param warnings facts that readers should know before trusting the figures, one sentence each;
 *     empty: nothing
 * @param rounds rounds of the training, in order; empty: not recorded
 * @param columns the features
 * @param reconstructions rows and their reconstructions; null: not shown
 * @param samples s × d. Rows drawn from the model with z from its prior, shown if the features are
 *     an image; null: the model draws no rows. Not modified.
 * @param latents latent codes of rows; null: not shown
 * @param marginals columns of the table compared with drawn columns, in the order of the table;
 *     empty: not shown
 * @param anomalies anomaly scores of rows; null: not shown
 * @param components components of the latent space; null: there are none
 * @param stages stages of the training, in order; empty: the training had no stages
 * @param game rounds in which a discriminator was trained, in order; empty: none
 * @param chains rounds in which Hamiltonian chains of latent codes ran, in order; empty: none
 * @param seconds duration of each part of the job
 * @param origin provenance of the result
 */
public record NetworkReport(
        String title,
        Network network,
        Training training,
        List<String> warnings,
        List<Round> rounds,
        Columns columns,
        Reconstructions reconstructions,
        DMatrixRMaj samples,
        Latents latents,
        List<Marginal> marginals,
        Anomalies anomalies,
        NetworkComponents components,
        List<TrainingStage> stages,
        List<GameRound> game,
        List<ChainRound> chains,
        JobSeconds seconds,
        RunOrigin origin) {

    public NetworkReport {
        warnings = List.copyOf(warnings);
        rounds = List.copyOf(rounds);
        marginals = List.copyOf(marginals);
        stages = List.copyOf(stages);
        game = List.copyOf(game);
        chains = List.copyOf(chains);
        int features = columns.names().size();
        Require.size("network.features", network.features(), features);
        if (reconstructions != null) {
            Require.size("columns of originals", reconstructions.originals().numCols, features);
        }
        if (samples != null) {
            Require.size("columns of samples", samples.numCols, features);
        }
        if (latents != null) {
            Require.size("columns of latents.means", latents.means().numCols, network.latent());
        }
        if (anomalies != null && anomalies.mostAnomalous() != null) {
            Require.size(
                    "columns of anomalies.mostAnomalous",
                    anomalies.mostAnomalous().numCols,
                    features);
        }
        if (components != null) {
            Require.size("columns of components.decoded", components.decoded().numCols, features);
            if (latents != null && components.assigned().length > 0) {
                Require.size(
                        "components.assigned",
                        components.assigned().length,
                        latents.means().numRows);
            }
        }
    }

    /**
     * The trained network.
     *
     * @param modelType type of the model as used in a sentence: "autoencoder", "variational
     *     autoencoder"
     * @param features d
     * @param latent l, the number of latent dimensions
     * @param likelihood likelihood of a row given its latent code, such as "bernoulli"; empty: the
     *     model has none, as a GAN
     * @param learntSimilarity whether training compares rows and reconstructions on the features of
     *     the discriminator and not by their likelihood
     * @param parameters number of trained parameters
     * @param layers layers from the input to the output; empty: not listed
     */
    public record Network(
            String modelType,
            int features,
            int latent,
            String likelihood,
            boolean learntSimilarity,
            long parameters,
            List<Layer> layers) {
        public Network {
            layers = List.copyOf(layers);
        }
    }

    /**
     * A layer of the network.
     *
     * @param part the part of the network that has the layer: "encoder", "decoder"
     * @param description description of the layer, such as "dense, 64 to 128, relu"
     * @param parameters number of parameters of the layer
     */
    public record Layer(String part, String description, long parameters) {}

    /**
     * The figures of the training.
     *
     * @param rows number of training rows
     * @param holdoutRows number of held-out rows; 0: none
     * @param skippedRows number of rows left out because of invalid values
     * @param partitions number of partitions of the rows, with the reason for it
     * @param rounds number of rounds
     * @param epochs number of epochs, a fraction
     * @param keptRound round whose parameters were kept
     * @param averaged whether the moving average of the parameters was kept instead of the
     *     parameters
     * @param kept sentence that says why that round was kept; empty: by its held-out loss
     * @param stoppedEarly whether the training stopped before its last epoch because the held-out
     *     loss no longer improved
     * @param endedEarly whether the time of the training was over before its last epoch
     * @param train figures of the kept model on the training rows
     * @param holdout figures of the kept model on the held-out rows; {@link Figures#NONE}: there
     *     are none
     * @param measures all figures of the kept model
     * @param missing share of the missing values of each feature; empty: none is missing
     * @param scale scaling of the rows: none, standard, minmax or unit. Log-likelihoods refer to
     *     the scaled rows.
     * @param logJacobian number to add to a row's log-likelihood to convert it to the units of the
     *     table; NaN if that is not defined
     */
    public record Training(
            long rows,
            long holdoutRows,
            long skippedRows,
            String partitions,
            int rounds,
            double epochs,
            int keptRound,
            boolean averaged,
            String kept,
            boolean stoppedEarly,
            boolean endedEarly,
            Figures train,
            Figures holdout,
            Measures measures,
            Map<String, Double> missing,
            String scale,
            double logJacobian) {
        public Training {
            missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
        }
    }

    /**
     * Means over rows, in nats per row; NaN: not measured.
     *
     * @param elbo evidence lower bound, higher is better; NaN: the network has none
     * @param reconstruction reconstruction loss −log p(x | z), lower is better
     * @param kl KL divergence of the posterior from the prior
     * @param logLikelihood importance-weighted estimate, higher is better
     * @param squaredError squared reconstruction error per feature
     */
    public record Figures(
            double elbo,
            double reconstruction,
            double kl,
            double logLikelihood,
            double squaredError) {
        /** The value if nothing was measured. */
        public static final Figures NONE =
                new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * One round of the training.
     *
     * @param number number of the round, from 1
     * @param epochs epochs completed at the end of the round, a fraction
     * @param training losses of the batches during the round
     * @param holdout losses of the held-out rows after the round; {@link Losses#NONE}: not
     *     evaluated
     * @param averagedLoss loss of the held-out rows under the moving average of the parameters;
     *     NaN: not evaluated
     * @param learningRates learning rate of each parameter group at the beginning of the round
     * @param rows number of rows used in the round
     * @param broadcast seconds to send the parameters to the workers
     * @param compute seconds that the workers took to compute
     * @param reduce seconds to average the workers' parameters
     * @param update seconds that the driver took to update the parameters
     * @param evaluate seconds to evaluate the held-out rows; 0: no evaluation
     */
    public record Round(
            int number,
            double epochs,
            Losses training,
            Losses holdout,
            double averagedLoss,
            List<LearningRate> learningRates,
            long rows,
            double broadcast,
            double compute,
            double reduce,
            double update,
            double evaluate) {
        public Round {
            learningRates = List.copyOf(learningRates);
        }

        /** Returns the duration of each phase of the round. */
        RoundSeconds seconds() {
            return new RoundSeconds(number, broadcast, compute, reduce, update, evaluate);
        }

        /** Returns the largest learning rate of all parameter groups; NaN if none is known. */
        double greatestRate() {
            return learningRates.stream().mapToDouble(LearningRate::value).max().orElse(Double.NaN);
        }
    }

    /**
     * Mean losses over rows, in nats per row.
     *
     * @param loss loss that training lowers; for a variational autoencoder the reconstruction loss
     *     plus β times the divergence
     * @param reconstruction the part −log p(x | z), or the loss on the discriminator's features
     *     under a {@linkplain Network#learntSimilarity learnt similarity}; NaN: the loss has no
     *     parts
     * @param kl the part KL(q(z | x) || p(z)); NaN: the loss has no parts
     */
    public record Losses(double loss, double reconstruction, double kl) {
        /** The value if nothing was measured. */
        public static final Losses NONE = new Losses(Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * The features of the table.
     *
     * @param names d. Names.
     * @param image layout of the features if they are the pixels of an image, else null
     */
    public record Columns(List<String> names, Image image) {
        public Columns {
            names = List.copyOf(names);
            if (image != null) {
                Require.size("pixels of columns.image", image.size(), names.size());
            }
        }
    }

    /**
     * A sample of rows with their reconstructions. A table computes the error of each column from
     * all rows of the sample, a few hundred, and shows the first few rows.
     *
     * @param rows name of the sampled rows, such as "held-out rows"
     * @param originals m × d. Not modified.
     * @param reconstructions m × d, as scores have them. Not modified.
     * @param labels m. The label of each row; empty: there is no label
     */
    public record Reconstructions(
            String rows, DMatrixRMaj originals, DMatrixRMaj reconstructions, List<String> labels) {
        public Reconstructions {
            labels = List.copyOf(labels);
            Require.size("rows of reconstructions", reconstructions.numRows, originals.numRows);
            Require.size("columns of reconstructions", reconstructions.numCols, originals.numCols);
            requireLabels("reconstructions.labels", labels, originals.numRows);
        }
    }

    /**
     * The latent codes of a sample of rows.
     *
     * @param rows name of the sampled rows, such as "held-out rows"
     * @param means m × l. The encoder's means of the rows. Not modified.
     * @param labels m. The label of each row; empty: there is no label
     * @param kl l. Mean KL divergence of each latent dimension, in nats per row; empty: the network
     *     is not variational. Not modified.
     */
    public record Latents(String rows, DMatrixRMaj means, List<String> labels, double[] kl) {
        public Latents {
            labels = List.copyOf(labels);
            requireLabels("latents.labels", labels, means.numRows);
            if (kl.length > 0) {
                Require.size("latents.kl", kl.length, means.numCols);
            }
        }
    }

    /**
     * The anomaly scores of a sample of rows.
     *
     * @param rows name of the sampled rows, such as "held-out rows"
     * @param scores score of each row in nats; a higher score means a more anomalous row. Not
     *     modified.
     * @param mostAnomalous k × d. The rows with the highest scores in descending order; null: not
     *     shown. Not modified.
     * @param reconstructions k × d. The reconstructions of these rows; null: not shown. Not
     *     modified.
     * @param highest k. The scores of these rows. Not modified.
     */
    public record Anomalies(
            String rows,
            double[] scores,
            DMatrixRMaj mostAnomalous,
            DMatrixRMaj reconstructions,
            double[] highest) {
        public Anomalies {
            if (mostAnomalous != null) {
                Require.size("anomalies.highest", highest.length, mostAnomalous.numRows);
            }
            if (mostAnomalous != null && reconstructions != null) {
                Require.size(
                        "rows of anomalies.reconstructions",
                        reconstructions.numRows,
                        mostAnomalous.numRows);
            }
        }
    }

    private static void requireLabels(String name, List<String> labels, int rows) {
        if (!labels.isEmpty()) {
            Require.size(name, labels.size(), rows);
        }
    }
}
