package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Table of how often planted cells are named. */
final class PlantedCells {
    private PlantedCells() {}

    /** Measures all tables and returns the text of the page. */
    static String measure(Path folder, Path tables) throws IOException {
        RunFile<PlantedRun> file = RunFile.of("planted-cells", PlantedRun.class);
        List<PlantedRun> runs = new ArrayList<>();
        for (Path path : PlantedTable.files(folder, tables)) {
            runs.add(PlantedRun.of(PlantedTable.name(path), PlantedTable.read(path)));
            System.err.println("  " + runs.get(runs.size() - 1));
        }
        for (PlantedRun run : runs) {
            file.put(run);
        }
        return cells(runs) + CELLS;
    }

    private static final String CELLS = """

            Each planted cell is in an ordinary fresh row, which is not among the tenth with the
            highest scores. Its column is random. Its value is that of 200 values of the same column
            in training rows with the lowest density given the other cells, so it lies within the
            range of the column. Rows in which even this value has a probability above 1/1000 are
            left out, because it is not odd there. Undecided are cells for which another column is named
            first and the row is at least as likely without that column as without the planted one:
            two columns that follow from each other accuse each other. The last two columns rank by -log p(x_j | the
            rest) instead: in the units of the model, where all numbers have the variance 1, and in
            the units of the table. Each model is a mixture of 10 components (`model.type =
            mixture`) fitted to two thirds of the rows.
            """;

    private static MarkdownTable cells(List<PlantedRun> runs) {
        MarkdownTable table = new MarkdownTable(
                1,
                "table",
                "planted cells",
                "of rows tried",
                "named first",
                "in the first three",
                "undecided",
                "first by -log p",
                "the same in table units");
        for (PlantedRun run : runs) {
            table.row(
                    run.name(),
                    run.planted(),
                    run.tried(),
                    percent(run.first()),
                    percent(run.three()),
                    percent(run.likelier()),
                    percent(run.firstBySurprisal()),
                    percent(run.firstInUnits()));
        }
        table.row(
                "mean",
                "",
                "",
                mean(runs, PlantedRun::first),
                mean(runs, PlantedRun::three),
                mean(runs, PlantedRun::likelier),
                mean(runs, PlantedRun::firstBySurprisal),
                mean(runs, PlantedRun::firstInUnits));
        return table;
    }

    private static String mean(List<PlantedRun> runs, ToDoubleFunction<PlantedRun> figure) {
        return percent(runs.stream().mapToDouble(figure).average().orElseThrow());
    }

    private static String percent(double share) {
        return "%.1f%%".formatted(100 * share);
    }
}
