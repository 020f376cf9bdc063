package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The result of a training of groups. All figures but those of the groups are those of the model of
 * all rows.
 *
 * @param model the models of the groups
 * @param whole the training of the model of all rows
 * @param table a row for each group, in the saved form
 */
record GroupedTrained(GroupedMixtureModel model, Trained<?> whole, Dataset<Row> table)
        implements Trained<GroupedMixtureModel> {
    @Override
    public FeatureAssembler assembler() {
        return whole.assembler();
    }

    @Override
    public TableFacts facts() {
        return whole.facts();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(whole.figures());
        figures.put("model", model.figures());
        figures.put("groups", model.groupFigures().json());
        return figures;
    }

    @Override
    public Lines lines() {
        Lines lines = whole.lines();
        lines.addAll(model.groupFigures().lines());
        return lines;
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return whole.rounds();
    }

    @Override
    public Map<String, Dataset<Row>> tables() {
        return Map.of(GroupTable.NAME, GroupTable.results(model.groupFigures().columns(), table));
    }

    @Override
    public Page report() {
        return GroupsReport.with(whole.report(), model.groupFigures());
    }
}
