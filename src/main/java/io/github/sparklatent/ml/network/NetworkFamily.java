package io.github.sparklatent.ml.network;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.SavedTables;
import io.github.sparklatent.ml.network.record.ParameterReader;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.StageFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A family of neural models.
 *
 * @param <M> class of the models
 */
public final class NetworkFamily<M extends NetworkModel<M>> extends ModelFamily<M, SavedContent.NetworkForm> {
    private final Kind kind;
    private final Function<String, LatentEstimator<?, M>> estimator;
    private final Maker<M> maker;

    /** Creates a model. */
    interface Maker<M> {
        /**
         * Creates a model.
         *
         * @param network trained network; null in a model that has only Params; Spark Connect creates it to read the
         *     class name
         * @param fit record of the training; null if it is not known
         */
        M of(String uid, TrainedNetwork network, NetworkFit fit);
    }

    /**
     * Creates a family.
     *
     * @param kind the parts of the networks
     */
    NetworkFamily(
            ModelType type,
            Kind kind,
            Class<M> model,
            Function<String, LatentEstimator<?, M>> estimator,
            Maker<M> maker) {
        super(type, model, SavedContent.NetworkForm.class);
        this.kind = kind;
        this.estimator = estimator;
        this.maker = maker;
    }

    /** Returns the parts of the networks. */
    public Kind kind() {
        return kind;
    }

    Maker<M> maker() {
        return maker;
    }

    @Override
    public M model(String uid, SavedContent.NetworkForm content) {
        return content == null ? maker.of(uid, null, null) : maker.of(uid, content.network(kind), content.fit());
    }

    @Override
    public LatentEstimator<?, M> estimator(String uid) {
        return estimator.apply(uid);
    }

    private record Stage(String name, int rounds, double epochs) {}

    /** The record of the release before. */
    private record Fit(
            List<String> measures,
            List<Double> train,
            List<Double> holdout,
            List<Double> lossHistory,
            long rows,
            int bestRound,
            boolean stoppedEarly,
            String origin,
            List<Stage> stages) {
        NetworkFit fit() {
            List<StageFit> fits = new ArrayList<>();
            int from = 0;
            for (Stage stage : stages) {
                int to = from + stage.rounds();
                Require.that(
                        from <= to && to <= lossHistory.size(),
                        "its record of the training has stages with more rounds than its %d losses",
                        lossHistory.size());
                fits.add(new StageFit(stage.name(), lossHistory.subList(from, to), stage.epochs()));
                from = to;
            }
            Require.that(
                    from == lossHistory.size(),
                    "its record of the training has stages with %d rounds in total, expected %d,"
                            + " one for each loss",
                    from,
                    lossHistory.size());
            return new NetworkFit(measures, train, holdout, fits, rows, bestRound, stoppedEarly, origin);
        }
    }

    @Override
    protected SavedContent.NetworkForm before(ModelDirectory directory, M params) {
        Require.that(params.isDefined(params.architecture()), "its metadata does not have the Param architecture");
        Architecture architecture = SavedContent.NetworkForm.architecture(params.getArchitecture());
        ParameterReader reader = new ParameterReader(directory.path(), architecture.parameters(kind));
        SavedTables.forEach(directory, "data", ParameterReader.Piece.class, reader::add);
        return new SavedContent.NetworkForm(
                params.getArchitecture(),
                reader.parameters(),
                SavedTables.rows(directory, "fit", Fit.class).stream()
                        .findFirst()
                        .map(Fit::fit)
                        .orElse(null));
    }
}
