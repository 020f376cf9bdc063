package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.HistogramBins;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.ml.params.MixtureParams;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.TableMixture;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.Checksum;
import org.apache.spark.ml.util.MLReader;

/** A fitted mixture of columns of several types; see {@link Mixture}. */
public final class MixtureModel extends MixtureOfRows<MixtureModel> implements MixtureParams<MixtureModel> {
    private final transient TableMixture table;

    /** Creates a model without a mixture. Spark Connect does so to get the name of the class. */
    public MixtureModel() {
        this("", null, null);
    }

    /** Creates the model of a mixture; the record of the fit is null if it is not known. */
    MixtureModel(String uid, TableMixture table, FitRecord fit) {
        super(uid, fit);
        this.table = table;
    }

    @Override
    public Mixture.MixedFamily family() {
        return Mixture.FAMILY;
    }

    TableMixture table() {
        return table;
    }

    /** Returns the parameters. */
    public MixedMixture mixture() {
        return table.mixture();
    }

    @Override
    public MixedMixture asMixed() {
        return mixture();
    }

    @Override
    public List<String> rowNames() {
        return table.names();
    }

    /** Returns names and categories of the columns. */
    public List<Feature> features() {
        return table.features();
    }

    /** Missing cells of trees are values; only cells before one in a chain could complete it. */
    @Override
    public boolean offers(ScoreColumn column) {
        return super.offers(column)
                && (column != ScoreColumn.IMPUTED || table == null || mixture().chains() == null);
    }

    @Override
    public List<Integer> densities() {
        return IntStream.range(0, numFeatures())
                .filter(j -> mixture().columns().get(j).family().isDensity())
                .boxed()
                .toList();
    }

    @Override
    public int[] unusualComponents() {
        double[] weights = weights();
        return IntStream.range(0, componentCount())
                .filter(k -> table.usualWeights()[k] == 0 && weights[k] > 0)
                .toArray();
    }

    @Override
    public boolean comparesHeldOutOnly() {
        return mixture().chains() != null;
    }

    @Override
    public boolean isMissingEvidence(int feature) {
        return mixture().isMissingEvidence(feature);
    }

    @Override
    public Map<String, Object> metrics() {
        Map<String, Integer> families = new LinkedHashMap<>();
        mixture()
                .columns()
                .columns()
                .forEach(column -> families.merge(column.family().toString(), 1, Integer::sum));
        MixtureParameters gaussian = mixture().gaussian();
        String covariance = gaussian == null ? null : gaussian.type().toString();
        return Json.object(
                "type", modelType().type(),
                "components", componentCount(),
                "covariance", covariance,
                "features", numFeatures(),
                "families", families,
                "parameters", mixture().freeParameters());
    }

    @Override
    public void fingerprint(Checksum checksum) {
        mixture().parameters().forEach(numbers -> Fingerprint.add(checksum, numbers));
        for (int j = 0; j < features().size(); j++) {
            String words = mixture().columns().get(j).family() + " "
                    + features().get(j).categories();
            checksum.update(words.getBytes(StandardCharsets.UTF_8));
            HistogramBins bins = mixture().columns().get(j).bins();
            if (bins != null) {
                Fingerprint.add(checksum, bins.knots().knots());
                Fingerprint.add(checksum, bins.knots().masses());
            }
        }
    }

    @Override
    protected Optional<GroupProfile> groupProfile() {
        return Optional.of(
                Groups.of(table, assembler().map(FeatureAssembler::scaling).orElse(Scaling.none())));
    }

    @Override
    public Inspection inspect() {
        return inspection(weights(), profile().map(Groups::lines).orElseThrow());
    }

    @Override
    protected MixtureEvaluation evaluation(RowBlocks rows) {
        ColumnLevels.of(table.declared(), rows, 0); // throws if a cell has a value that its column cannot have
        return super.evaluation(rows);
    }

    @Override
    protected long parameterBytes() {
        return table == null
                ? 0
                : mixture().parameters().stream()
                        .mapToLong(numbers -> (long) Double.BYTES * numbers.length)
                        .sum();
    }

    @Override
    protected MixtureModel bare() {
        return new MixtureModel(uid(), table, fitRecord().orElse(null));
    }

    @Override
    protected SavedContent.Mixed content() {
        return table == null ? null : new SavedContent.Mixed(table, fitRecord().orElse(null));
    }

    @Override
    protected void requireUsable() {
        new MixedDensity(mixture()); // its factors can be computed
    }

    /** Returns a reader of saved models. */
    public static MLReader<MixtureModel> read() {
        return Mixture.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged
     */
    public static MixtureModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return table == null
                ? "MixtureModel: empty"
                : "MixtureModel: uid=%s, components=%d, numFeatures=%d"
                        .formatted(uid(), mixture().components(), numFeatures());
    }
}
