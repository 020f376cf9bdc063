package io.github.sparklatent.bench.anomalies;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.bench.training.InMemory;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.QuantileKnots;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.robust.RobustOptions;
import io.github.sparklatent.mixture.robust.RobustOptions.RobustMethod;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.BoundStage;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** A detector: it is fitted to rows of a table, and scores these or others. */
enum AnomalyMethod {
    PRESET("`conf/anomalies.conf`", (train, rows, novelty) -> preset(withoutHeldOut(train), rows, novelty)),
    GMM_1("`gmm`, 1 component", (train, rows, novelty) -> mixture(gmm(1), train, rows)),
    GMM_5("`gmm`, 5 components", (train, rows, novelty) -> mixture(gmm(5), train, rows)),
    GMM_10("`gmm`, 10 components", (train, rows, novelty) -> mixture(gmm(10), train, rows)),
    PPCA("`ppca`, at most 5 latent variables", (train, rows, novelty) -> mixture(ppca(rows.numCols), train, rows)),
    VAE("`vae` 64-64-5", (train, rows, novelty) -> network(Kind.VARIATIONAL, train, rows)),
    MOG_VAE("`mog-vae` 64-64-5, 10 components", (train, rows, novelty) -> network(Kind.MIXTURE, train, rows)),
    GAN("`gan` 5-64-64, discriminator 64-64", (train, rows, novelty) -> network(Kind.ADVERSARIAL, train, rows)),
    VAE_GAN(
            "`vae-gan` 64-64-5, discriminator 64-64",
            (train, rows, novelty) -> network(Kind.VARIATIONAL_ADVERSARIAL, train, rows)),
    IFOREST("IForest"),
    KNN("KNN"),
    LOF("LOF"),
    ECOD("ECOD"),
    COPOD("COPOD"),
    HBOS("HBOS"),
    MCD("MCD"),
    DTE_NP("DTE-NP");

    private static final int LATENT = 5;
    private static final int WIDTH = 64;
    private static final double EPOCHS = 50;
    private static final int BATCH = 64;
    private static final int SAMPLES = 16;
    private static final int COMPONENTS = 10;

    private final String title;
    private final Scores scores;

    AnomalyMethod(String title) {
        this(title, null);
    }

    AnomalyMethod(String title, Scores scores) {
        this.title = title;
        this.scores = scores;
    }

    private interface Scores {
        double[] of(DMatrixRMaj train, DMatrixRMaj rows, boolean novelty);
    }

    /** Whether Python computes the scores. */
    boolean isPeer() {
        return scores == null;
    }

    /** Whether this is a network, whose training takes too long for several trials per table. */
    boolean isNetwork() {
        return this == VAE || this == MOG_VAE || this == GAN || this == VAE_GAN;
    }

    /** The name in the tables. */
    String title() {
        return title;
    }

    /**
     * Returns a score of each row, higher if it is more anomalous.
     *
     * @param train rows to fit, n × d. Not modified.
     * @param rows rows to score, m × d. Not modified.
     * @param novelty whether the rows to fit are known to be normal
     */
    double[] scores(DMatrixRMaj train, DMatrixRMaj rows, boolean novelty) {
        return scores.of(train, rows, novelty);
    }

    /** Scores rows by the options of the file of the project, so that the table is of what users get. */
    static double[] preset(DMatrixRMaj train, DMatrixRMaj rows, boolean novelty) {
        DMatrixRMaj fitted = valuesAndRanks(train, train);
        DMatrixRMaj scored = valuesAndRanks(rows, train);
        AnomalyTable.standardize(scored, fitted);
        AnomalyTable.standardize(fitted, fitted);
        return mixture(configured(novelty), fitted, scored);
    }

    /** Returns each number and the normal score of its rank among those of a table, as {@code data.scale = both}. */
    private static DMatrixRMaj valuesAndRanks(DMatrixRMaj rows, DMatrixRMaj ranked) {
        DMatrixRMaj both = new DMatrixRMaj(rows.numRows, 2 * rows.numCols);
        for (int j = 0; j < rows.numCols; j++) {
            int column = j;
            QuantileKnots ranks = QuantileKnots.of(IntStream.range(0, ranked.numRows)
                    .mapToDouble(i -> ranked.get(i, column))
                    .toArray());
            for (int i = 0; i < rows.numRows; i++) {
                both.set(i, 2 * j, rows.get(i, j));
                both.set(i, 2 * j + 1, ranks.score(rows.get(i, j)));
            }
        }
        return both;
    }

    /** Leaves out the rows that the file holds out. */
    private static DMatrixRMaj withoutHeldOut(DMatrixRMaj rows) {
        double heldOut = file().getDouble("data.holdout.fraction");
        Random random = new Random(1);
        return AnomalyTable.rows(rows, i -> random.nextDouble() >= heldOut);
    }

    private static Config file() {
        return ConfigFactory.parseFile(new File("conf/anomalies.conf"));
    }

    private static MixtureOptions configured(boolean novelty) {
        Config model = file().getConfig("model");
        Config train = file().getConfig("train");
        return MixtureOptions.DEFAULT
                .withComponents(List.of()) // auto
                .withCriterion(Criterion.valueOf(upper(model, "criterion")))
                .withCovariance(CovarianceType.valueOf(upper(model, "covariance")))
                .withRobust(new RobustOptions(
                        RobustMethod.valueOf(upper(model, "robust")), model.getDouble("trim"), novelty))
                .withRegularization(model.getDouble("regularization"))
                .withStopping(new StoppingRule(train.getInt("maxRounds"), train.getDouble("tolerance")));
    }

    private static String upper(Config model, String key) {
        return model.getString(key).toUpperCase(Locale.ROOT);
    }

    private static MixtureOptions gmm(int components) {
        return MixtureOptions.DEFAULT.withComponents(List.of(components));
    }

    private static MixtureOptions ppca(int columns) {
        return gmm(1).withCovariance(CovarianceType.PPCA).withFactors(Math.min(LATENT, columns - 1));
    }

    private static double[] mixture(MixtureOptions options, DMatrixRMaj train, DMatrixRMaj rows) {
        var blocks = InMemoryRowBlocks.of(train, Block.height(train.numCols));
        var best = new MixtureTrainer(blocks, null, options, null, SearchListener.none())
                .fit()
                .best();
        MixtureScores density = new MixtureScores(new MixedDensity(best.mixture()));
        density.evaluate(rows);
        double[] scores = new double[rows.numRows];
        Arrays.setAll(scores, i -> -density.logDensity(i));
        return scores;
    }

    private static double[] network(Kind kind, DMatrixRMaj train, DMatrixRMaj rows) {
        int width = rows.numCols;
        List<LayerSpec> layers = List.of(new LayerSpec.Width(WIDTH));
        boolean game = kind == Kind.ADVERSARIAL || kind == Kind.VARIATIONAL_ADVERSARIAL;
        Architecture network = new Architecture(
                        width,
                        null,
                        LATENT,
                        layers,
                        layers,
                        game ? Activation.LEAKY_RELU : Activation.RELU,
                        game ? Gaussian.fixed(width, 1) : Gaussian.learnt(width),
                        Initialization.HE_UNIFORM)
                .withComponents(COMPONENTS)
                .withAuxiliary(List.of(layers.get(0), layers.get(0)));
        AveragingOptions options = InMemory.options(EPOCHS, BATCH, 1);
        FMatrixRMaj floats = Matrices.floats(rows);
        double[] scores = new double[rows.numRows];
        InMemory.train(
                        kind,
                        network,
                        objective(kind, network),
                        Matrices.floats(train),
                        null,
                        game
                                ? options.withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
                                        .withOptimizer(options.optimizer().withBetas(0.5, 0.999))
                                : options)
                .scorer(rows.numRows, ScoringOptions.DEFAULT.withSamples(SAMPLES))
                .anomaly(floats, scores);
        return scores;
    }

    /** Returns what the networks minimise. */
    private static StochasticObjective objective(Kind kind, Architecture network) {
        return switch (kind) {
            case MIXTURE ->
                new VariationalObjective(Kind.MIXTURE, network, VariationalOptions.DEFAULT, BoundStage.JOINT);
            case ADVERSARIAL -> network.networks(Kind.ADVERSARIAL).game(AdversarialOptions.DEFAULT);
            case VARIATIONAL_ADVERSARIAL ->
                new VariationalAdversarialObjective(
                        network,
                        VariationalAdversarialOptions.DEFAULT.withAdversarial(
                                AdversarialOptions.DEFAULT.withLabelSmoothing(0.1)));
            default -> new VariationalObjective(network, VariationalOptions.DEFAULT);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
