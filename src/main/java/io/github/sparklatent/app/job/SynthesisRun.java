package io.github.sparklatent.app.job;

import static org.apache.spark.sql.functions.not;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.SynthesisSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.metrics.synthesis.ColumnShapes;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.metrics.synthesis.CopyMeasures;
import io.github.sparklatent.metrics.synthesis.PairTrends;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.SampledRows;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.synthesis.ComparedTables;
import io.github.sparklatent.ml.synthesis.MembershipAttack;
import io.github.sparklatent.ml.synthesis.SynthesisEvaluation;
import io.github.sparklatent.ml.synthesis.SynthesisEvaluation.Utility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Compares rows that a saved model draws, or that any program has written, with the rows of the section {@code data}.
 * The held-out rows are those of the training, if its configuration is given.
 */
final class SynthesisRun {
    /** Pairs of columns that are listed: those of the lowest similarity. */
    private static final int PAIRS = 10;

    private final JobContext context;
    private final JobConfiguration configuration;
    private final SynthesisSection section;
    private final SavedModel saved;
    private final FeatureColumns columns;
    private final List<Feature> features;
    private final int[] levels;
    private final Optional<Integer> target;
    private final SynthesisEvaluation evaluation;

    /**
     * Reads the rows.
     *
     * @param table table of the section {@code data}
     * @param columns columns of that table that the model reads
     * @throws UsageException if the model cannot draw rows, or does not model the target
     */
    SynthesisRun(
            JobContext context,
            SynthesisSection section,
            SavedModel saved,
            Dataset<Row> table,
            FeatureColumns columns) {
        this.context = context;
        this.configuration = context.configuration();
        this.section = section;
        this.saved = saved;
        this.columns = columns.withCodes();
        this.features = columns.encoders().isEmpty()
                ? columns.features(saved.model().numFeatures())
                : this.columns.encoders().stream()
                        .flatMap(encoder -> encoder.features().stream())
                        .toList();
        this.levels = ComparedTables.levels(features);
        this.target = section.target().map(this::index);
        this.evaluation = evaluation(table);
    }

    private int index(String name) {
        List<String> names = features.stream().map(Feature::name).toList();
        int at = names.indexOf(name);
        if (at < 0) {
            throw new UsageException(
                    "evaluate.synthesis.target is \"%s\", which the model at \"%s\" does not model%s; its features are %s"
                            .formatted(name, saved.path(), NearestName.hint(name, names), String.join(", ", names)));
        }
        return at;
    }

    private SynthesisEvaluation evaluation(Dataset<Row> all) {
        DataSection data = configuration.data();
        TableOptions options = TableSettings.forTraining(configuration);
        Dataset<Row> table = all.where(RowRoles.weight(all.schema(), options).gt(0));
        boolean byHash = data.holdout().paths().isEmpty() && data.holdout().fraction() > 0;
        var heldOut =
                RowRoles.heldOut(table.schema(), TableSettings.columns(saved, table.schema(), configuration), options);
        Optional<ComparedRows> holdout = byHash
                ? Optional.of(rows("holdout", "the held-out rows", table.where(heldOut)))
                : data.holdout().paths().isEmpty()
                        ? Optional.empty()
                        : Optional.of(rows("holdout", data.holdoutName(), holdoutTable()));
        return new SynthesisEvaluation(
                context.spark(),
                levels,
                rows("train", data.name(), byHash ? table.where(not(heldOut)) : table),
                holdout,
                rows("generated", "the generated rows", generated()),
                configuration.sample().seed());
    }

    private Dataset<Row> holdoutTable() {
        return context.reader(configuration.data()).readHoldout(saved.model().numFeatures());
    }

    private ComparedRows rows(String role, String name, Dataset<Row> table) {
        return ComparedTables.of(role, name, table, columns.in(table.schema()), levels, section.rows());
    }

    private Dataset<Row> generated() {
        if (section.generated().isPresent()) {
            TableReader reader = context.reader(configuration.data());
            reader.openOther(
                    "evaluate.synthesis.generated",
                    section.generated().get(),
                    saved.model().numFeatures());
            return reader.check();
        }
        saved.model().noSamplesBecause().ifPresent(reason -> {
            throw new UsageException(
                    "the model at \"%s\" %s; set evaluate.synthesis.generated to rows of another program"
                            .formatted(saved.path(), reason));
        });
        SampleRequest request =
                new SampleRequest(section.rows(), configuration.sample().seed(), null, true);
        return new SampledRows(saved, false, saved.model().drawnColumns())
                .of(saved.model().draw(request), section.rows(), new double[0]);
    }

    /** The figures, lines and warnings of a comparison. */
    record Result(Map<String, Object> figures, Lines lines, List<String> warnings) {}

    Result run() {
        Lines lines = new Lines();
        List<String> warnings = new ArrayList<>();
        double[] shapes = evaluation.shapes();
        PairTrends trends = evaluation.trends();
        double shape = ColumnShapes.mean(shapes);
        double missing = ColumnShapes.mean(evaluation.missing());
        double detection = evaluation.detection();
        double indistinguishable = 1 - (2 * Math.max(0.5, detection) - 1);
        lines.add(
                "synthesis",
                "shape %.4f, trend %s of related and %.4f of all pairs, missing cells %.4f (1:" + " identical)",
                shape,
                Double.isNaN(trends.meanOfRelated()) ? "not measured" : "%.4f".formatted(trends.meanOfRelated()),
                trends.mean(),
                missing);
        lines.add("detection", "area under the ROC curve %.4f (0.5: cannot be told from real rows)", detection);
        Map<String, Object> figures = Json.object(
                "shape", shape,
                "trend", trends.meanOfRelated(),
                "allPairsTrend", trends.mean(),
                "missing", missing,
                "detection", Json.object("auc", detection, "score", indistinguishable),
                "columns", byName(shapes),
                "pairs", pairs(trends));
        collapsed().ifPresent(warnings::add);
        target.flatMap(evaluation::utility).ifPresent(utility -> utility(utility, figures, lines));
        Optional<CopyMeasures> copies = evaluation.copies();
        copies.ifPresent(measures -> copies(measures, figures, lines, warnings));
        evaluation.attack().ifPresent(attack -> attack(attack, figures, lines));
        if (copies.isEmpty()) {
            warnings.add("no rows are held out, so copies and utility are not measured; set" + " data.holdout");
        }
        return new Result(figures, lines, warnings);
    }

    private Optional<String> collapsed() {
        String names = Arrays.stream(evaluation.collapsed())
                .mapToObj(j -> features.get(j).name())
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("the generated rows have at most one value in "
                        + names
                        + ", where the table has more; shape and trend leave out what is"
                        + " not defined for such a column, so they are too high");
    }

    private void utility(Utility utility, Map<String, Object> figures, Lines lines) {
        lines.add(
                "utility",
                "%s of %s %.4f after training on generated rows, %.4f on real rows",
                utility.measure(),
                section.target().orElseThrow(),
                utility.generated(),
                utility.real());
        figures.put(
                "utility",
                Json.object(
                        "target", section.target().orElseThrow(),
                        "measure", utility.measure(),
                        "generated", utility.generated(),
                        "real", utility.real()));
    }

    private static void copies(CopyMeasures copies, Map<String, Object> figures, Lines lines, List<String> warnings) {
        lines.add(
                "copies",
                "closer to a training row %.4f (0.5 ± %.4f without copying), attack by distance"
                        + " %.4f, exact %.4f (by chance %.4f)",
                copies.closestShare(),
                copies.standardError(),
                copies.membership(),
                copies.exactCopies(),
                copies.exactMatches());
        figures.put(
                "copies",
                Json.object(
                        "closestShare", copies.closestShare(),
                        "standardError", copies.standardError(),
                        "membership", copies.membership(),
                        "exactCopies", copies.exactCopies(),
                        "exactMatches", copies.exactMatches(),
                        "rows", copies.rows(),
                        "areCopies", copies.areCopies()));
        if (copies.areCopies()) {
            warnings.add("the generated rows are closer to training rows than to other rows of the"
                    + " table: the model copies; use fewer components or a smaller network");
        }
    }

    private static void attack(MembershipAttack attack, Map<String, Object> figures, Lines lines) {
        lines.add(
                "attack",
                "%.4f ± %.4f of training rows against held-out rows by density (0.5: nothing" + " revealed)",
                attack.area(),
                attack.standardError());
        figures.put(
                "attack",
                Json.object(
                        "auc", attack.area(),
                        "standardError", attack.standardError(),
                        "members", attack.members(),
                        "others", attack.others()));
    }

    private Map<String, Object> byName(double[] shapes) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (int j = 0; j < shapes.length; j++) {
            byName.put(features.get(j).name(), shapes[j]);
        }
        return byName;
    }

    private List<Map<String, Object>> pairs(PairTrends trends) {
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (int j = 0; j < levels.length; j++) {
            for (int l = 0; l < j; l++) {
                if (!Double.isNaN(trends.get(l, j))) {
                    pairs.add(Json.object(
                            "first", features.get(l).name(),
                            "second", features.get(j).name(),
                            "trend", trends.get(l, j)));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(pair -> (double) pair.get("trend")));
        return List.copyOf(pairs.subList(0, Math.min(PAIRS, pairs.size())));
    }
}
