package io.github.sparklatent.report.network;

import io.github.sparklatent.report.ComponentsSection;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.OriginSection;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.RunOrigin;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.mixture.Reports;
import io.github.sparklatent.report.network.AnomaliesSection.Anomalies;
import io.github.sparklatent.report.network.LatentSection.Latents;
import io.github.sparklatent.report.network.LearningSection.Kept;
import io.github.sparklatent.report.network.LearningSection.Round;
import io.github.sparklatent.report.network.ReconstructionSection.Columns;
import io.github.sparklatent.report.network.ReconstructionSection.Reconstructions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Made-up pages of networks of any size; the same arguments give the same page. */
final class NetworkReports {
    private static final int PER_EPOCH = 8;

    private NetworkReports() {}

    /** A variational autoencoder of images of rings, all parts there. */
    static Page images() {
        return new Builder(12, 160).images(1, 16).labels(10).build();
    }

    /** A variational autoencoder of a table, all parts there. */
    static Page table() {
        return new Builder(5, 240).table(14).labels(3).build();
    }

    /** A mixture of images of rings, trained in three stages with a discriminator. */
    static Page mixture() {
        return new Builder(12, 160)
                .images(1, 16)
                .labels(10)
                .components(10)
                .stages("encoder", "decoder", "joint")
                .game("decoder")
                .build();
    }

    /** A generator of images without an encoder. */
    static Page game() {
        return new Builder(12, 160).images(1, 16).game().generator().build();
    }

    static Builder of(int latent, int rounds) {
        return new Builder(latent, rounds);
    }

    /** What a test wants of a report. */
    static final class Builder {
        private final int latent;
        private final int rounds;
        private Image image;
        private int features = 6;
        private int labels;
        private int rows = 300;
        private double scale = 1;
        private boolean variational = true;
        private boolean bare;
        private List<String> warnings = List.of();
        private int components;
        private List<String> stages = List.of();
        private boolean game;
        private String played = "";
        private boolean chains;
        private boolean fixedStepSize;
        private boolean encoder = true;
        private boolean learntSimilarity;

        private Builder(int latent, int rounds) {
            this.latent = latent;
            this.rounds = rounds;
        }

        Builder images(int channels, int side) {
            image = new Image(channels, side, side);
            features = image.size();
            return this;
        }

        Builder table(int columns) {
            features = columns;
            return this;
        }

        Builder labels(int count) {
            labels = count;
            return this;
        }

        Builder rows(int count) {
            rows = count;
            return this;
        }

        Builder times(double factor) {
            scale = factor;
            return this;
        }

        /** An autoencoder without the parts that only a variational one has. */
        Builder plain() {
            variational = false;
            return this;
        }

        /** Without any part that may be left out, and nothing held out. */
        Builder bare() {
            bare = true;
            return this;
        }

        /** A latent space of so many components. */
        Builder components(int count) {
            components = count;
            return this;
        }

        /** Stages of these names, equally long but for the last, which is twice as long. */
        Builder stages(String... names) {
            stages = List.of(names);
            return this;
        }

        /** With a discriminator in each round. */
        Builder game() {
            game = true;
            return this;
        }

        /** With a discriminator in the rounds of that stage. */
        Builder game(String stage) {
            played = stage;
            return game();
        }

        /** With chains of one step size. */
        Builder fixedChains() {
            fixedStepSize = true;
            return chains();
        }

        /** With Hamiltonian chains in each round. */
        Builder chains() {
            chains = true;
            return this;
        }

        /** Without an encoder and all that it is needed for. */
        Builder generator() {
            encoder = false;
            return this;
        }

        /** With reconstructions that a discriminator measures. */
        Builder learntSimilarity() {
            learntSimilarity = true;
            return this;
        }

        Builder warnings(List<String> sentences) {
            warnings = sentences;
            return this;
        }

        Page build() {
            return Page.head(
                            "Network report",
                            "readings <of> " + Reports.NASTY,
                            "A summary.",
                            "trained",
                            true,
                            warnings,
                            List.of())
                    .with(sections(), technical());
        }

        private List<Section> sections() {
            Columns columns = new Columns(names(), image);
            DMatrixRMaj originals = bare || !encoder ? new DMatrixRMaj(0, 0) : rows(0, 1);
            List<Section> sections = new ArrayList<>();
            if (!bare && encoder) {
                sections.add(ReconstructionSection.of(
                        new Reconstructions("held-out rows", originals, rows(0, 0.8), labelNames()), columns, latent));
            }
            if (!bare && variational && image != null) {
                DMatrixRMaj samples = rows(7000, 0.9);
                sections.add(SamplesSection.of(samples, encoder ? originals : samples, image, encoder));
            }
            NetworkComponents found =
                    components == 0 ? null : MadeUpComponents.of(drawn(), components, rows, labels, !bare);
            if (found != null) {
                sections.add(ComponentsSection.of(found.sizes(), 1617, "held-out rows"));
                sections.add(DecodedMeansSection.of(found, columns, originals));
            }
            if (!bare && encoder) {
                sections.add(LatentSection.of(latents(), found));
            }
            if (found != null && found.confusion() != null) {
                sections.add(ConfusionSection.of(found.confusion(), found.count()));
            }
            if (!bare && image == null) {
                sections.add(MarginalsSection.of(marginals(rows(0, 1))));
            }
            if (!bare) {
                sections.add(AnomaliesSection.of(anomalies(), columns, originals));
            }
            return sections;
        }

        private List<Section> technical() {
            List<TrainingStage> all = MadeUpGame.stages(stages, rounds / (double) PER_EPOCH);
            List<Round> learning = new MadeUpRounds(PER_EPOCH, scale, variational, encoder, !bare).of(rounds);
            List<GameRound> played = MadeUpGame.rounds(game ? rounds : 0, PER_EPOCH, !bare).stream()
                    .filter(round -> isPlayed(round, all))
                    .toList();
            Kept kept = new Kept(Math.max(1, rounds - 2 * PER_EPOCH), false);
            return List.of(
                    LearningSection.of(learning, all, kept, learntSimilarity),
                    GameSection.of(played, all),
                    ChainSection.of(MadeUpChains.rounds(chains ? rounds : 0, PER_EPOCH, fixedStepSize)),
                    OriginSection.of(new RunOrigin(entries(), "path = \"<a&b>\"")));
        }

        private boolean isPlayed(GameRound round, List<TrainingStage> all) {
            return played.isEmpty()
                    || all.stream()
                            .filter(stage -> stage.name().equals(played))
                            .anyMatch(s -> round.epochs() > s.from() && round.epochs() <= s.to());
        }

        private List<String> names() {
            return IntStream.range(0, features)
                    .mapToObj(j -> j == 0 ? Reports.NASTY : "sensor_" + j)
                    .toList();
        }

        private List<String> labelNames() {
            return labels == 0
                    ? List.of()
                    : IntStream.range(0, rows)
                            .mapToObj(i -> MadeUpRows.label(i, labels))
                            .toList();
        }

        /** Rows with that first number; drawn a little fainter where they are reconstructions. */
        private DMatrixRMaj rows(int first, double strength) {
            return drawn().of(first, rows, strength);
        }

        private MadeUpRows drawn() {
            return new MadeUpRows(image, features, latent, scale);
        }

        private Latents latents() {
            DMatrixRMaj means = drawn().codes(rows, labels);
            double[] kl = IntStream.range(0, variational ? latent : 0)
                    .mapToDouble(j -> j % 3 == 2 ? 0.002 * MadeUpRows.hash(j) : 1 + 2 * MadeUpRows.hash(j))
                    .toArray();
            return new Latents("held-out rows", means, labelNames(), kl);
        }

        private List<Marginal> marginals(DMatrixRMaj originals) {
            DMatrixRMaj drawn = rows(9000, 0.9);
            List<Marginal> marginals = new ArrayList<>();
            List<String> names = names();
            for (int j = 0; j < features; j++) {
                marginals.add(Marginal.ofValues(names.get(j), column(originals, j), column(drawn, j)));
            }
            marginals.add(Marginal.ofShares(
                    "country",
                    List.of("France", "Germany", Reports.NASTY, "Spain"),
                    new double[] {0.4, 0.3, 0.1, 0.2},
                    new double[] {0.42, 0.27, 0.12, 0.19}));
            return marginals;
        }

        private static double[] column(DMatrixRMaj matrix, int j) {
            return IntStream.range(0, matrix.numRows)
                    .mapToDouble(i -> matrix.get(i, j))
                    .toArray();
        }

        private Anomalies anomalies() {
            double[] scores = IntStream.range(0, rows)
                    .mapToDouble(i -> scale
                            * (60
                                    + 40 * (MadeUpRows.hash(i) + MadeUpRows.hash(i + 1000))
                                    + 120 * Math.pow(MadeUpRows.hash(i + 2000), 12)))
                    .toArray();
            double[] sorted = scores.clone();
            Arrays.sort(sorted);
            int shown = Math.min(rows, 13);
            double[] highest = IntStream.range(0, shown)
                    .mapToDouble(i -> sorted[rows - 1 - i])
                    .toArray();
            DMatrixRMaj mostAnomalous = CommonOps_DDRM.extract(rows(500, 1), 0, shown, 0, features);
            return new Anomalies(
                    "held-out rows",
                    scores,
                    mostAnomalous,
                    encoder ? CommonOps_DDRM.extract(rows(500, 0.5), 0, shown, 0, features) : null,
                    highest);
        }

        private static Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            entries.put("Version", "0.1.0");
            entries.put("Data fingerprint", Reports.NASTY);
            return entries;
        }
    }
}
