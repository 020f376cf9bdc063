package io.github.sparklatent.ml.linear;

import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.VariancesSection;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Builds the result of a training. */
final class LinearResult {
    /** Largest number of columns in the table of noise variances. */
    private static final int LISTED = 30;

    private final TrainedLinear<?> trained;
    private final LinearFit fitted;
    private final LinearRecord fit;
    private final LinearGaussian parameters;
    private final int latent;

    LinearResult(TrainedLinear<?> trained) {
        this.trained = trained;
        this.fitted = trained.fitted();
        this.fit = trained.fit();
        this.parameters = trained.model().parameters();
        this.latent = trained.model().latentCount();
    }

    private boolean isClosed() {
        return !fitted.options().fit().hasRounds();
    }

    Result result() {
        double[] explained = fit.explained(parameters);
        Measures measures =
                new Measures(fit.rows(), trained.holdoutRows())
                        .add(
                                "meanLogLikelihood",
                                "Mean log-likelihood, nats per row",
                                fit.meanLogLikelihood(),
                                fit.holdoutMeanLogLikelihood());
        Map<String, Object> train = measures.train();
        train.put("fit", fitted.options().fit().toString());
        train.put("rounds", fit.rounds());
        train.put("converged", fit.converged());
        train.put("explained", Arrays.stream(explained).boxed().toList());
        TrainedTable table =
                TrainedTable.of(trained.context(), trained.table(), trained.holdoutRows());
        Result result =
                table.result(
                        () -> head(explained),
                        trained.model(),
                        own -> own.put("train", train).put("holdout", measures.heldOut()),
                        trained.warnings(),
                        trained.origin());
        lines(result, explained);
        table.addHoldoutLine(result, measures);
        result.notes("warning", trained.warnings());
        result.section(this::variances);
        if (!parameters.isIsotropic()) {
            result.section(this::noise);
        }
        return result.technical(() -> technical(measures));
    }

    private void lines(Result result, double[] explained) {
        result.line("model", "%s", trained.model().describe())
                .line(
                        "train",
                        "%s, mean log-likelihood %.4f, %s%s of the variance explained",
                        Lines.count(fit.rows(), "row"),
                        fit.meanLogLikelihood(),
                        fitted.history().isEmpty()
                                ? ""
                                : "%s, %s, "
                                        .formatted(
                                                Lines.count(fit.rounds(), "round"),
                                                fit.converged() ? "converged" : "not converged"),
                        Numbers.percent(Arrays.stream(explained).sum()));
    }

    private List<Page.Section> technical(Measures measures) {
        List<Page.Section> sections = new ArrayList<>();
        sections.add(
                FigureLines.section(
                        List.of(measures.table("Fit to the rows.")),
                        trained.facts().missingByFeature(),
                        ReportFrame.scaled(
                                trained.table().scaling(), trained.facts(), trained.context())));
        if (!isClosed()) {
            sections.add(
                    ProgressSection.of(
                            "mean log-likelihood",
                            fitted.options().stopping().tolerance(),
                            fitted.history(),
                            List.of()));
        }
        sections.add(ReportFrame.origin(trained.context(), trained.origin()));
        return sections;
    }

    private Page head(double[] shares) {
        String explained = Numbers.percent(Arrays.stream(shares).sum());
        String name = trained.model().family().name();
        return Page.head(
                name + " report",
                trained.context().title().orElse(name),
                "%s %s %s of the variance of %s with %s; %s."
                        .formatted(
                                Words.capitalised(Words.counted(latent, "latent variable")),
                                latent == 1 ? "explains" : "explain",
                                explained,
                                Words.counted(fit.rows(), "row"),
                                Words.counted(trained.model().numFeatures(), "column"),
                                rounds()),
                isClosed() ? "closed form" : fit.converged() ? "converged" : "not converged",
                fit.converged(),
                trained.warnings(),
                List.of(
                        new Page.Tile(explained, "variance explained", ""),
                        new Page.Tile(
                                Numbers.figure(fit.meanLogLikelihood()),
                                "mean log-likelihood",
                                "nats per training row"),
                        noiseTile()));
    }

    private String rounds() {
        return isClosed()
                ? "the closed form has no rounds"
                : "EM has %sconverged after %s"
                        .formatted(
                                fit.converged() ? "" : "not ",
                                Words.counted(fit.rounds(), "round"));
    }

    private Page.Tile noiseTile() {
        if (parameters.isIsotropic()) {
            return new Page.Tile(
                    Numbers.figure(parameters.noise(0)),
                    "noise variance",
                    "of each column, as the model sees it");
        }
        double[] noise = parameters.noise();
        Arrays.sort(noise);
        return new Page.Tile(
                Numbers.figure(noise[noise.length / 2]),
                "noise variance",
                "median of the columns, as the model sees them");
    }

    private Page.Section variances() {
        return isClosed()
                ? VariancesSection.of(fit.variances(), latent, parameters.noise(0))
                : VariancesSection.ofLatent(
                        fit.variances(),
                        fit.total(),
                        parameters.isIsotropic()
                                ? "The variances along the axes of the latent variables include"
                                        + " the noise variance. Shares are of the total variance"
                                        + " of the columns."
                                : "The variance of an axis is the sum of the variances that its"
                                        + " latent variable explains in the columns, without the"
                                        + " noise. Shares are of the total variance of the"
                                        + " columns.");
    }

    /** Returns the noise of each column, greatest share first. */
    private Page.Section noise() {
        int d = parameters.dimension();
        double[] explained = new double[d];
        double[] loadings = parameters.loadings().data;
        for (int at = 0; at < d * latent; at++) {
            explained[at / latent] += loadings[at] * loadings[at];
        }
        double[] shares = new double[d];
        Arrays.setAll(shares, j -> parameters.noise(j) / (parameters.noise(j) + explained[j]));
        List<String> names = trained.table().columns().featureNames(d);
        List<List<Page.Cell>> rows =
                IntStream.range(0, d)
                        .boxed()
                        .sorted(Comparator.comparingDouble(j -> -shares[j]))
                        .limit(LISTED)
                        .map(
                                j ->
                                        List.of(
                                                Page.Cell.of(names.get(j)),
                                                Page.Cell.of(Numbers.figure(parameters.noise(j))),
                                                Page.Cell.of(Numbers.percent(shares[j]))))
                        .toList();
        String caption =
                "Noise variance of each column and its share of the column's variance, greatest"
                        + " share first"
                        + (d > LISTED ? ", the first %d of %d.".formatted(LISTED, d) : ".");
        return new Page.Section(
                "noise",
                "Noise of the columns",
                "The latent variables explain the rest of a column's variance, which it has in"
                        + " common with other columns.",
                List.of(
                        new Page.Table(
                                "noise-columns",
                                caption,
                                "",
                                List.of("Column", "Noise variance", "Share"),
                                rows,
                                false)));
    }
}
