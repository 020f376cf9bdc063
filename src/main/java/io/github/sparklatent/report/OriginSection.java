package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Definition;
import io.github.sparklatent.report.Page.Definitions;
import io.github.sparklatent.report.Page.Listing;
import io.github.sparklatent.report.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The section with the provenance of the result. */
public final class OriginSection {

    private OriginSection() {}

    /** Returns the section for a run. */
    public static Section of(RunOrigin origin) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Definitions(origin.entries().entrySet().stream()
                .map(entry -> new Definition(entry.getKey(), entry.getValue()))
                .toList()));
        if (!origin.options().isBlank()) {
            blocks.add(new Listing("Resolved options", origin.options().strip()));
        }
        return new Section("origin", "Origin", "", blocks);
    }

    /**
     * The origin of a result.
     *
     * @param entries facts that identify the run, in display order: version, commit, seed, Spark, Java, data
     *     fingerprint and so on
     * @param options the resolved options as text
     */
    public record RunOrigin(Map<String, String> entries, String options) {}
}
