package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The result of the training of a mixture of any family.
 *
 * @param model the model for spark.ml
 * @param assembler computes the features of the model
 * @param options of the fits
 * @param objective name of the objective in the lines of rounds
 * @param shown what all results show of the training rows
 * @param table the training rows
 * @param fits all fits
 * @param agreement agreement with the label, by whether rows are held out; empty without a label
 * @param curves objective round by round of each fit, by its index among the candidates
 * @param parts computes the parts of the page that differ between families
 */
public record TrainedMixture<M extends LatentModel<M>>(
        M model,
        FeatureAssembler assembler,
        MixtureOptions options,
        String objective,
        TrainedTable shown,
        BlockTable table,
        TrainingResult fits,
        Map<Boolean, Agreement> agreement,
        SortedMap<Integer, List<Double>> curves,
        Function<TrainedMixture<M>, MixtureParts> parts)
        implements Trained<M> {
    /** Returns the best fit. */
    public MixtureFit fit() {
        return fits.best();
    }

    /** Returns the posterior of the parameters of the best fit; empty if the method has none. */
    List<Map<String, Object>> posterior() {
        return ParameterMetrics.of(fit(), table.scaling(), facts().featureNames());
    }

    /** Returns the name of the objective in words. */
    String objectiveInWords() {
        return switch (objective) {
            case "elbo" -> "evidence lower bound";
            case "meanLogPosterior" -> "mean log posterior";
            default -> "mean log-likelihood";
        };
    }

    /** Returns the metrics of the best fit. */
    public Candidate best() {
        return fit().metrics();
    }

    @Override
    public TableFacts facts() {
        return table.facts();
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return fit().history().stream()
                .map(round -> RoundProgress.line(round, objective))
                .toList();
    }

    @Override
    public Result result() {
        return new MixtureResult(this, () -> parts.apply(this)).result();
    }

    /**
     * The parts of a page that differ between the families of mixtures.
     *
     * @param name name of the family
     * @param groups columns of the table in each component; empty: not described, such as pixels
     * @param sections sections on the components
     */
    public record MixtureParts(String name, Optional<GroupProfile> groups, List<Section> sections) {}
}
