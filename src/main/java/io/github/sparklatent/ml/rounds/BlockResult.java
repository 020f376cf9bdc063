package io.github.sparklatent.ml.rounds;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of a training on rows in blocks. A family adds its metrics, lines and sections.
 *
 * @param <M> the model
 */
public abstract class BlockResult<M extends LatentModel<M>> implements Trained<M> {
    private final M model;
    private final BlockTable rows;
    private final TrainedTable table;
    private final Measures measures;
    private final Course course;

    /**
     * The rounds of a fit.
     *
     * @param objective name of the objective in the lines of rounds
     * @param words its words in the page
     * @param tolerance change of the objective that ends the rounds; 0: not shown
     * @param history a record for each round; empty: a closed form
     * @param updates number of rounds
     * @param converged whether the tolerance ended the rounds
     */
    public record Course(
            String objective, String words, double tolerance, List<Round> history, int updates, boolean converged) {
        /** Returns the number of rounds and whether they converged, in words. */
        @Override
        public String toString() {
            return "%s, %s".formatted(Lines.count(updates, "round"), state());
        }

        private String state() {
            return converged ? "converged" : "not converged";
        }
    }

    /**
     * Creates a result.
     *
     * @param rows the training rows, still cached
     * @param table what all results show of them
     * @param measures metrics of the training rows and the held-out rows
     */
    protected BlockResult(M model, BlockTable rows, TrainedTable table, Measures measures, Course course) {
        this.model = model;
        this.rows = rows;
        this.table = table;
        this.measures = measures;
        this.course = course;
    }

    @Override
    public final M model() {
        return model;
    }

    @Override
    public final TableFacts facts() {
        return rows.facts();
    }

    @Override
    public final FeatureAssembler assembler() {
        return table.context()
                .tables()
                .assembler(rows.columns(), rows.scaling(), rows.facts().width());
    }

    /** Returns the rounds of the fit. */
    protected final Course course() {
        return course;
    }

    /** Returns the records of the rounds. */
    protected List<Round> history() {
        return course.history();
    }

    /** Returns whether the fit is a closed form, which has no rounds. */
    protected final boolean isClosed() {
        return course.history().isEmpty();
    }

    @Override
    public final List<Map<String, Object>> rounds() {
        return history().stream()
                .map(round -> RoundProgress.line(round, course.objective()))
                .toList();
    }

    /**
     * Returns the metrics of the training.
     *
     * @param measured those of the training rows; a new map
     */
    protected abstract Map<String, Object> train(Map<String, Object> measured);

    /** Adds the line of the training. */
    protected abstract void addLine(Result result);

    /** Returns the start of the page. */
    protected abstract Page head();

    /** Adds what is specific to the family. */
    protected abstract void addTo(Result result);

    @Override
    public final Result result() {
        Result result = table.result(
                this::head,
                model,
                own -> own.put("train", train(measures.train())).put("holdout", measures.heldOut()));
        addLine(result.line("model", "%s", model.describe()));
        table.addHoldoutLine(result, measures);
        result.notes("warning", table.warnings());
        addTo(result);
        return result.technical(this::technical);
    }

    private List<Page.Section> technical() {
        List<Page.Section> sections = new ArrayList<>();
        sections.add(table.metrics(List.of(measures.table("Fit to the rows."))));
        if (!isClosed()) {
            sections.add(ProgressSection.of(course.words(), course.tolerance(), course.history(), List.of()));
        }
        sections.add(table.originSection());
        return sections;
    }

    /** Returns the start of a page; a title that is set takes the place of the given one. */
    protected final Page head(String name, String title, String summary, List<Page.Tile> tiles) {
        return Page.head(
                name + " report",
                table.context().title().orElse(title),
                summary,
                isClosed() ? "closed form" : course.state(),
                course.converged(),
                table.warnings(),
                tiles);
    }
}
