package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.robust.RobustOptions.RobustMethod;
import io.github.sparklatent.gmm.training.CovarianceSupport;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureState;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.gmm.training.SearchOptions;
import io.github.sparklatent.gmm.training.SearchState;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.ml.core.InitialModel;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.mixture.TrainedMixture.MixtureParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs the training of a Gaussian mixture. */
final class MixtureTraining extends ComponentsTraining<GaussianMixtureModel, MixtureParameters, MixtureState> {
    private final GaussianMixture estimator;
    private final MixtureOptions options;

    MixtureTraining(GaussianMixture estimator, TrainingContext context, Settings settings) {
        super(
                context,
                InitialModel.of(context, settings, estimator.modelType(), GaussianMixtureModel.class),
                MixtureTrainer.STATE);
        this.estimator = estimator;
        this.options = options(settings, initial());
    }

    /** Returns the options; values that are not set are those of the initial model. */
    static MixtureOptions options(Settings settings, Optional<InitialModel<GaussianMixtureModel>> initial) {
        MixtureOptions requested = settings.bind(MixtureOptions.DEFAULT);
        if (initial.isEmpty()) {
            return requested;
        }
        MixtureParameters start = initial.get().model().mixture();
        InitialModel.require(
                settings,
                "model.components",
                start.components(),
                requested.components().isEmpty()
                        ? start.components()
                        : requested.components().get(0));
        InitialModel.require(settings, "model.covariance", start.type(), requested.covariance());
        if (start.type().isFactored() && (requested.acceleration() || !MixtureOptions.fitsFactors(requested.fit()))) {
            throw new UsageException(
                    "the initial model's covariance is %s, which is fitted by em without acceleration or by monte-carlo-em, but model.fit is %s%s"
                            .formatted(
                                    start.type(),
                                    requested.fit(),
                                    requested.acceleration() ? " with train.acceleration" : ""));
        }
        if (start.components() == 1
                && start.type() != CovarianceType.FULL
                && requested.robust().method() == RobustMethod.MCD) {
            throw new UsageException(
                    "the initial model's covariance is %s, but model.robust is mcd, which fits a full one: use model.robust = trim"
                            .formatted(start.type()));
        }
        MixtureOptions same =
                requested.withComponents(List.of(start.components())).withCovariance(start.type());
        if (!start.type().isFactored()) {
            if (settings.isGiven("model.factors")) {
                throw new UsageException(
                        "model.factors is %d, but the initial model's covariance is %s, which has no factors: remove it"
                                .formatted(requested.factors(), start.type()));
            }
            return same;
        }
        InitialModel.require(settings, "model.factors", start.factors(), requested.factors());
        return same.withFactors(start.factors());
    }

    @Override
    protected SearchOptions search() {
        return options.search();
    }

    @Override
    protected long seed() {
        return options.seed();
    }

    @Override
    protected double statistics(int width) {
        int components = options.components().stream().mapToInt(k -> k).max().orElse(1);
        int factors = options.covariance().isFactored() ? options.factors() : 0;
        return new StatisticsLayout(options.covariance(), components, width, factors).numbers();
    }

    @Override
    protected TrainingResult<MixtureParameters> fit(
            BlockTable table,
            RowBlocks train,
            RowBlocks holdout,
            Optional<SearchState<MixtureParameters, MixtureState>> from,
            SearchListener<MixtureParameters, MixtureState> listener) {
        MixtureParameters start =
                initial().map(model -> model.model().mixture()).orElse(null);
        return new MixtureTrainer(train, holdout, options, start, listener).fit(from.orElse(SearchState.start()));
    }

    @Override
    protected GaussianMixtureModel model(TrainingResult<MixtureParameters> result, BlockTable rows, String origin) {
        return estimator.model(result, origin);
    }

    @Override
    protected List<String> warnings(TrainingResult<MixtureParameters> result, TableFacts facts) {
        List<String> warnings = new ArrayList<>();
        if (options.fit().maximizesLikelihood()) { // the others have a prior of all parameters
            warnings.addAll(CovarianceSupport.warnings(result.best()));
        }
        long categories = facts.features().stream()
                .filter(feature -> feature.kind() == Feature.Kind.CATEGORY)
                .count();
        if (categories > 0) {
            warnings.add(
                    "%d of %d features are categories, which a Gaussian component reads as numbers: where a component has one category only, its variance is model.regularization, and so is the height of its density; raise it to 1e-3 or more, or leave categories out with data.columns"
                            .formatted(categories, facts.features().size()));
        }
        return warnings;
    }

    @Override
    protected MixtureEvaluation evaluate(MixtureParameters mixture, RowBlocks rows) {
        return MixtureEvaluation.of(mixture, rows);
    }

    @Override
    protected String objective() {
        if (!options.fit().maximizesLikelihood()) {
            return "elbo";
        }
        return options.hasPrior() ? "meanLogPosterior" : "meanLogLikelihood";
    }

    @Override
    protected Function<TrainedMixture<GaussianMixtureModel>, MixtureParts> parts(
            TrainingResult<MixtureParameters> result, List<SelectedRow> sample) {
        MixtureParameters mixture = result.best().mixture();
        List<SelectedRow> complete = completed(sample, mixture);
        return trained -> new GaussianMetrics(trained, mixture, options, complete).parts();
    }

    /** Replaces missing values of rows by their means given the others. */
    private static List<SelectedRow> completed(List<SelectedRow> rows, MixtureParameters mixture) {
        if (rows.isEmpty()) {
            return rows;
        }
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        return rows.stream()
                .map(row -> new SelectedRow(row.score(), density.imputed(row.values())))
                .toList();
    }
}
