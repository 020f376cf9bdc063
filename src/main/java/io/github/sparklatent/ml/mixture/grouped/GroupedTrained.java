package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The result of a training of groups. All figures but those of the groups are those of the model of all rows.
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
    public List<Map<String, Object>> rounds() {
        return whole.rounds();
    }

    @Override
    public Map<String, Dataset<Row>> tables() {
        return Map.of(GroupTable.NAME, GroupTable.results(model.groupFigures().columns(), table));
    }

    @Override
    public Result result() {
        Result result = whole.result().put("model", model.figures());
        model.groupFigures().addTo(result);
        return result;
    }
}
