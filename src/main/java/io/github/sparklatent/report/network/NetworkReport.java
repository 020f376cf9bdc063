package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.FurtherFigure;
import io.github.sparklatent.report.JobSeconds;
import io.github.sparklatent.report.ReportWriter;
import io.github.sparklatent.report.RoundSeconds;
import io.github.sparklatent.report.RunOrigin;
import io.github.sparklatent.report.chart.Image;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * What {@link ReportWriter} needs to know of one trained network, an autoencoder or a variational
 * one: figures and samples of rows, not the table. d is the number of features, l that of latent
 * dimensions. Figures that were not measured are NaN, parts that do not exist are null or empty, as
 * each field says. Rows are in the units of the table.
 *
 * @param title heading of the page, such as the name of the result
 * @param network what was trained
 * @param training how it was trained and how well it does
 * @param warnings what should be known before the figures are trusted, each a sentence; empty:
 *     nothing
 * @param rounds the rounds of the training, in order; empty: not recorded
 * @param columns the features
 * @param reconstructions rows beside what the network makes of them; null: left out
 * @param samples s × d. Rows drawn from the model with z from its prior, shown where the features
 *     are an image; null: it has none. Not modified.
 * @param latents where rows lie in the latent space; null: left out
 * @param marginals columns of the table against drawn ones, in the order of the table; empty: left
 *     out
 * @param anomalies scores of rows; null: left out
 * @param components of the latent space; null: it has none
 * @param stages of the training, in order; empty: it had no stages
 * @param game the rounds in which a discriminator was trained, in order; empty: none
 * @param seconds the time of each part of the job
 * @param origin where the result comes from
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
        JobSeconds seconds,
        RunOrigin origin) {

    public NetworkReport {
        warnings = List.copyOf(warnings);
        rounds = List.copyOf(rounds);
        marginals = List.copyOf(marginals);
        stages = List.copyOf(stages);
        game = List.copyOf(game);
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
        if (anomalies != null && anomalies.strangest() != null) {
            Require.size("columns of anomalies.strangest", anomalies.strangest().numCols, features);
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
     * @param kind as it stands in a sentence: "autoencoder", "variational autoencoder"
     * @param features d
     * @param latent l
     * @param likelihood of a row given its latents, such as "bernoulli"; empty: it has none, as a
     *     generator whose rows only a discriminator judges
     * @param learntSimilarity whether training measures reconstructions by what the discriminator
     *     sees of them, not by their likelihood
     * @param parameters all numbers that were learnt
     * @param layers from the input to the output; empty: not listed
     */
    public record Network(
            String kind,
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
     * @param part which network it belongs to: "encoder", "decoder"
     * @param description such as "dense, 64 to 128, relu"
     * @param parameters numbers it learns
     */
    public record Layer(String part, String description, long parameters) {}

    /**
     * @param rows rows the network was trained on
     * @param holdoutRows rows held out; 0: none
     * @param skippedRows rows left out because of invalid values
     * @param rounds rounds that were run
     * @param epochs over the rows that these were, a fraction
     * @param keptRound the round whose parameters were kept
     * @param averaged whether the moving average of the parameters was kept, not these themselves
     * @param stoppedEarly whether the training stopped because the held-out loss had not improved
     *     for long, before all epochs were done
     * @param train figures of the kept model on the rows trained on
     * @param holdout figures of the kept model on the rows held out; {@link Figures#NONE}: none
     * @param further figures beside these, in order; empty: none
     * @param scale how the rows were scaled before: none, standard, minmax, unit; log-likelihoods
     *     are those of the scaled rows
     * @param logJacobian what a row's log-likelihood differs by in the table's units; NaN: it has
     *     none there
     */
    public record Training(
            long rows,
            long holdoutRows,
            long skippedRows,
            int rounds,
            double epochs,
            int keptRound,
            boolean averaged,
            boolean stoppedEarly,
            Figures train,
            Figures holdout,
            List<FurtherFigure> further,
            String scale,
            double logJacobian) {
        public Training {
            further = List.copyOf(further);
        }
    }

    /**
     * Means over rows, in nats per row; NaN: not measured.
     *
     * @param elbo evidence lower bound, higher is better; NaN: the network has none
     * @param reconstruction loss of the reconstruction, −log p(x | z), lower is better
     * @param kl divergence of the posterior from the prior
     * @param logLikelihood importance-weighted estimate, higher is better
     * @param squaredError of the reconstruction, per feature
     */
    public record Figures(
            double elbo,
            double reconstruction,
            double kl,
            double logLikelihood,
            double squaredError) {
        public static final Figures NONE =
                new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * One round.
     *
     * @param number 1, 2, ...
     * @param epochs over the rows that were done when it ended, a fraction
     * @param training losses along the way, of the batches of this round
     * @param holdout losses of the held-out rows after it; {@link Losses#NONE}: not evaluated
     * @param averagedLoss of the held-out rows under the moving average of the parameters; NaN: not
     *     evaluated, or there is none
     * @param learningRates of the local optimisers at its beginning, of each parameter group
     * @param rows that the round went over
     * @param broadcast seconds of sending the parameters to the workers
     * @param compute seconds of the workers' computation
     * @param reduce seconds of averaging their parameters
     * @param update seconds of the driver's own step
     * @param evaluate seconds of the evaluation of the held-out rows; 0: there was none
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

        /** How long each part of the round took. */
        RoundSeconds seconds() {
            return new RoundSeconds(number, broadcast, compute, reduce, update, evaluate);
        }

        /**
         * The rate of the parameter group that takes the longest steps; NaN where none is known.
         */
        double greatestRate() {
            return learningRates.stream().mapToDouble(LearningRate::value).max().orElse(Double.NaN);
        }
    }

    /**
     * Means over rows, in nats per row.
     *
     * @param loss the whole, lower is better; of a variational autoencoder the negative ELBO
     * @param reconstruction its part −log p(x | z), or what stands for it under a {@linkplain
     *     Network#learntSimilarity learnt similarity}; NaN: no parts
     * @param kl its part KL(q(z | x) || p(z)); NaN: no parts
     */
    public record Losses(double loss, double reconstruction, double kl) {
        public static final Losses NONE = new Losses(Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * @param names d names
     * @param image the features' arrangement when they are the pixels of an image; null: they are
     *     not
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
     * A sample of rows, as many as a few hundred for a table (its error by column is taken from
     * them), the first few of which are shown.
     *
     * @param rows which rows they are, such as "held-out rows"
     * @param originals m × d. Not modified.
     * @param reconstructions m × d, the decoder's means for the encoder's. Not modified.
     * @param labels m, the label of each; empty: no label
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
     * @param rows which rows they are, such as "held-out rows"
     * @param means m × l. The encoder's means of a sample of rows. Not modified.
     * @param labels m, the label of each; empty: no label
     * @param kl l. Mean divergence of each latent dimension, in nats per row; empty: no variational
     *     network. Not modified.
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
     * One column of the table and the same drawn from the model.
     *
     * @param name of the column
     * @param categories their names; empty: the column holds numbers
     * @param real values of a sample of rows, or the share of each category. Not modified.
     * @param drawn the same of rows drawn from the model; as many as there are. Not modified.
     */
    public record Marginal(String name, List<String> categories, double[] real, double[] drawn) {
        public Marginal {
            categories = List.copyOf(categories);
            if (!categories.isEmpty()) {
                Require.size("shares of marginal.real", real.length, categories.size());
                Require.size("shares of marginal.drawn", drawn.length, categories.size());
            }
        }

        /** A column of numbers; of few whole ones each is counted. */
        public static Marginal ofValues(String name, double[] real, double[] drawn) {
            return new Marginal(name, List.of(), real, drawn);
        }

        /** A column of categories with the share of each. */
        public static Marginal ofShares(
                String name, List<String> categories, double[] real, double[] drawn) {
            return new Marginal(name, categories, real, drawn);
        }
    }

    /**
     * @param rows which rows they are, such as "held-out rows"
     * @param scores one a row, higher is stranger, in nats. Not modified.
     * @param strangest k × d. The rows of the highest scores, the strangest first; null: not shown.
     *     Not modified.
     * @param reconstructions k × d. What the network makes of these; null: not shown. Not modified.
     * @param highest k. Their scores. Not modified.
     */
    public record Anomalies(
            String rows,
            double[] scores,
            DMatrixRMaj strangest,
            DMatrixRMaj reconstructions,
            double[] highest) {
        public Anomalies {
            if (strangest != null) {
                Require.size("anomalies.highest", highest.length, strangest.numRows);
            }
            if (strangest != null && reconstructions != null) {
                Require.size(
                        "rows of anomalies.reconstructions",
                        reconstructions.numRows,
                        strangest.numRows);
            }
        }
    }

    private static void requireLabels(String name, List<String> labels, int rows) {
        if (!labels.isEmpty()) {
            Require.size(name, labels.size(), rows);
        }
    }
}
