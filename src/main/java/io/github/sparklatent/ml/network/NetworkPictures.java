package io.github.sparklatent.ml.network;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.evaluation.ShownRows;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.report.AnomaliesSection.Anomalies;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.report.DrawnRowsSection.Marginal;
import io.github.sparklatent.report.LatentSection.Latents;
import io.github.sparklatent.report.LatentSection.NetworkComponents;
import io.github.sparklatent.report.ReconstructionSection.Reconstructions;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import io.github.sparklatent.vae.model.PriorFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.ops.ConvertMatrixData;

/** Computes reconstructions of a few rows and rows drawn from a network for the report, in the units of the table. */
final class NetworkPictures {
    private static final int MAX_RECONSTRUCTIONS = 300;
    private static final int SAMPLES = 64;
    private static final int SAMPLES_PER_COMPONENT = 12;
    private static final int ANOMALOUS_ROWS = 10;
    private static final int MAX_MARGINALS = 40;

    private final TrainedNetwork network;
    private final Scaling scaling;
    private final ShownRows shown;
    private final NetworkScorer scorer;
    private final ScoringOptions options;

    /** Columns that are shown: those that are not given. */
    private final int[] modelled;

    /** Creates the pictures of a network for a sample of rows. */
    NetworkPictures(TrainedNetwork network, ScoringOptions options, Scaling scaling, ShownRows shown) {
        this.network = network;
        this.scaling = scaling;
        this.shown = shown;
        this.options = options;
        Conditions given = network.architecture().likelihood().conditions();
        this.modelled = IntStream.range(0, network.architecture().inputs())
                .filter(j -> !given.contains(j))
                .toArray();
        this.scorer = network.scorer(Math.max(1, shown.rows().numRows), options);
    }

    /** Returns the names of the columns that are shown. */
    List<String> names(List<String> all) {
        return IntStream.of(modelled).mapToObj(all::get).toList();
    }

    /** Returns the shown rows, n × d, in the units of the table. Missing values are those of the reconstruction. */
    DMatrixRMaj originals() {
        return inUnits(completed(), shown.rows().numRows);
    }

    private FMatrixRMaj completed() {
        FMatrixRMaj rows = shown.rows();
        if (!Missing.any(rows.data, 0, rows.getNumElements())) {
            return rows;
        }
        FMatrixRMaj completed = restored();
        for (int at = 0; at < rows.getNumElements(); at++) {
            completed.data[at] = Missing.is(rows.data[at]) ? completed.data[at] : rows.data[at];
        }
        return completed;
    }

    /** Returns the reconstructions of the first rows; null if there are no rows or no encoder. */
    Reconstructions reconstructions() {
        int count = Math.min(MAX_RECONSTRUCTIONS, shown.rows().numRows);
        if (count == 0 || !network.kind().hasEncoder()) {
            return null;
        }
        return new Reconstructions(
                shown.name(),
                inUnits(completed(), count),
                inUnits(restored(), count),
                shown.labels().isEmpty() ? List.of() : shown.labels().subList(0, count));
    }

    private FMatrixRMaj restored() {
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        scorer.reconstruct(shown.rows(), restored);
        return restored;
    }

    /** Returns the latent codes of the rows; null if there are no rows or no encoder. */
    Latents latents() {
        if (shown.rows().numRows == 0 || !network.kind().hasEncoder()) {
            return null;
        }
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        if (network.kind().hasPosterior()) {
            scorer.encode(shown.rows(), mean, variance);
        } else {
            scorer.encode(shown.rows(), mean);
        }
        return new Latents(
                shown.name(),
                doubles(mean, mean.numRows),
                shown.labels(),
                hasStandardPrior() ? divergence(mean, variance) : new double[0]);
    }

    /** Returns the decoded codes, in the units of the table. The network has no conditions. */
    DMatrixRMaj decoded(DMatrixRMaj codes) {
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        FMatrixRMaj floats = new FMatrixRMaj(codes.numRows, codes.numCols);
        ConvertMatrixData.convert(codes, floats);
        network.scorer(codes.numRows, options).decode(floats, mean);
        return inUnits(mean, mean.numRows);
    }

    /** Returns whether the KL divergence from the prior is a sum over latent dimensions. */
    private boolean hasStandardPrior() {
        return network.kind().hasPosterior()
                && network.kind().prior() == PriorFamily.STANDARD_NORMAL
                && network.architecture().covariance() == PosteriorCovariance.DIAGONAL;
    }

    /** Returns the mean of ½ (μ² + σ² − log σ² − 1) for each dimension. */
    private static double[] divergence(FMatrixRMaj mean, FMatrixRMaj variance) {
        double[] sums = new double[mean.numCols];
        for (int k = 0; k < mean.getNumElements(); k++) {
            double square = (double) mean.data[k] * mean.data[k];
            double spread = variance.data[k];
            sums[k % mean.numCols] += 0.5 * (square + spread - Math.log(spread) - 1) / mean.numRows;
        }
        return sums;
    }

    /** Returns the decoded means of latent codes drawn from the prior. */
    DMatrixRMaj samples() {
        return drawn(SAMPLES, network.sampler(options.seed())::mean);
    }

    /** Returns the components; null if the network has none. */
    NetworkComponents components() {
        MixtureParameters clusters = network.clusters();
        int k = network.components();
        if (k == 0 || clusters != null && modelled.length < scorer.width()) {
            return null; // the means of clusters are not decoded with conditions
        }
        int latent = network.architecture().latent();
        double[] weights = clusters == null ? new double[k] : clusters.weights();
        DMatrixRMaj centres = clusters == null ? new DMatrixRMaj(k, latent) : clusters.means();
        DMatrixRMaj decoded = clusters == null ? new DMatrixRMaj(k, scorer.width()) : decoded(centres);
        List<DMatrixRMaj> samples = new ArrayList<>();
        if (clusters == null) {
            NetworkSampler sampler = network.sampler(options.seed());
            double[] row = new double[scorer.width()];
            double[] code = new double[latent];
            for (int i = 0; i < k; i++) {
                weights[i] = sampler.componentWeight(i);
                sampler.componentMean(i, row);
                System.arraycopy(row, 0, decoded.data, i * row.length, row.length);
                sampler.componentCode(i, code);
                System.arraycopy(code, 0, centres.data, i * latent, latent);
                samples.add(drawn(
                        SAMPLES_PER_COMPONENT, network.sampler(options.seed()).fromComponent(i)::mean));
            }
            decoded = inverted(decoded);
        }
        int[] assigned = new int[shown.rows().numRows];
        double[] rows = new double[k];
        if (assigned.length > 0) {
            scorer.component(shown.rows(), assigned);
            IntStream.of(assigned).forEach(component -> rows[component]++);
        }
        return new NetworkComponents(new Components(weights, rows), decoded, samples, centres, assigned);
    }

    /** Returns drawn rows in the units of the table; {@code draw} writes the row of a number. */
    private DMatrixRMaj drawn(int count, BiConsumer<Integer, double[]> draw) {
        DMatrixRMaj rows = new DMatrixRMaj(count, scorer.width());
        double[] row = new double[scorer.width()];
        for (int i = 0; i < count; i++) {
            draw.accept(i, row);
            System.arraycopy(row, 0, rows.data, i * row.length, row.length);
        }
        return inverted(rows);
    }

    /** Returns columns of the shown rows and of as many drawn rows. */
    List<Marginal> marginals(List<String> names) {
        int count = shown.rows().numRows;
        DMatrixRMaj drawn = drawn(count, network.sampler(options.seed())::sample);
        DMatrixRMaj real = inUnits(shown.rows(), count);
        List<Marginal> marginals = new ArrayList<>();
        for (int j = 0; j < Math.min(MAX_MARGINALS, modelled.length) && count > 0; j++) {
            marginals.add(new Marginal(names.get(j), observed(column(real, j)), column(drawn, j)));
        }
        return marginals;
    }

    private static double[] observed(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    private static double[] column(DMatrixRMaj matrix, int column) {
        return IntStream.range(0, matrix.numRows)
                .mapToDouble(i -> matrix.get(i, column))
                .toArray();
    }

    /** Returns the anomaly scores of the rows; null if there are no rows. */
    Anomalies anomalies() {
        int rows = shown.rows().numRows;
        if (rows == 0) {
            return null;
        }
        double[] scores = new double[rows];
        scorer.anomaly(shown.rows(), scores);
        int[] mostAnomalous = IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(ANOMALOUS_ROWS)
                .mapToInt(Integer::intValue)
                .toArray();
        return new Anomalies(
                shown.name(),
                scores,
                inUnits(picked(completed(), mostAnomalous), mostAnomalous.length),
                network.kind().hasEncoder() ? inUnits(picked(restored(), mostAnomalous), mostAnomalous.length) : null,
                IntStream.of(mostAnomalous).mapToDouble(i -> scores[i]).toArray());
    }

    private static FMatrixRMaj picked(FMatrixRMaj from, int[] rows) {
        FMatrixRMaj picked = new FMatrixRMaj(rows.length, from.numCols);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from.data, rows[i] * from.numCols, picked.data, i * from.numCols, from.numCols);
        }
        return picked;
    }

    private DMatrixRMaj inUnits(FMatrixRMaj rows, int count) {
        return inverted(doubles(rows, count));
    }

    private DMatrixRMaj inverted(DMatrixRMaj rows) {
        for (int i = 0; i < rows.numRows; i++) {
            scaling.invert(rows.data, i * rows.numCols, rows.numCols);
        }
        if (modelled.length == rows.numCols) {
            return rows;
        }
        DMatrixRMaj shownColumns = new DMatrixRMaj(rows.numRows, modelled.length);
        for (int at = 0; at < shownColumns.getNumElements(); at++) {
            shownColumns.data[at] = rows.get(at / modelled.length, modelled[at % modelled.length]);
        }
        return shownColumns;
    }

    private static DMatrixRMaj doubles(FMatrixRMaj rows, int count) {
        DMatrixRMaj copy = new DMatrixRMaj(rows.numRows, rows.numCols);
        ConvertMatrixData.convert(rows, copy);
        copy.reshape(count, rows.numCols);
        return copy;
    }
}
