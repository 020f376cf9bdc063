package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The section of the report on the groups. */
final class GroupsReport {
    private static final int SHOWN = 10;

    private static final List<String> HEAD =
            List.of(
                    "Group",
                    "Rows",
                    "Components",
                    "Log-likelihood",
                    "Under the model of all rows",
                    "Remark");

    private GroupsReport() {}

    /** Returns the page of the model of all rows with a section on the groups at its beginning. */
    static Page with(Page page, GroupFigures figures) {
        List<Page.Block> blocks = new ArrayList<>();
        blocks.add(
                counts(
                        "group-components",
                        "Models by their number of components",
                        "Components",
                        figures.components()));
        if (!figures.reasons().isEmpty()) {
            blocks.add(
                    counts(
                            "group-fallbacks",
                            "Groups with the model of all rows, by the reason",
                            "Reason",
                            figures.reasons()));
        }
        blocks.add(
                groups(
                        "groups-largest",
                        "The largest groups",
                        figures,
                        figures.by(GroupModel::rows)));
        blocks.add(
                groups(
                        "groups-oddest",
                        "The groups that differ most from all rows: their own model explains a row"
                                + " better by the most nats, less the penalty of BIC for its"
                                + " parameters",
                        figures,
                        figures.by(GroupModel::gain).stream().filter(GroupModel::isOwn).toList()));
        Page.Section section =
                new Page.Section(
                        "groups",
                        "Models of the groups",
                        "%d of %d groups have a model of their own; the other sections show the model of all rows, which the rest have."
                                .formatted(figures.models(), figures.number()),
                        blocks);
        return new Page(
                page.kind(),
                page.title(),
                page.summary(),
                page.badge(),
                page.good(),
                page.notices(),
                page.tiles(),
                Stream.concat(Stream.of(section), page.sections().stream()).toList(),
                page.technical());
    }

    private static Page.Table counts(String id, String caption, String name, Map<?, Long> counts) {
        return new Page.Table(
                id,
                caption,
                "",
                List.of(name, "Groups"),
                counts.entrySet().stream()
                        .map(entry -> cells(entry.getKey().toString(), entry.getValue().toString()))
                        .toList(),
                false);
    }

    private static Page.Table groups(
            String id, String caption, GroupFigures figures, List<GroupModel> groups) {
        return new Page.Table(
                id,
                caption,
                "",
                HEAD,
                groups.stream().limit(SHOWN).map(group -> line(figures, group)).toList(),
                true);
    }

    private static List<Page.Cell> line(GroupFigures figures, GroupModel group) {
        return cells(
                figures.columns().describe(group.key()),
                String.valueOf(group.rows()),
                group.isOwn() ? String.valueOf(group.mixture().components()) : "",
                group.isOwn() ? figure(group.fit().logLikelihood()) : "",
                figure(group.logLikelihoodOfAll()),
                group.isOwn() ? group.fit().converged() ? "" : "not converged" : group.detail());
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static List<Page.Cell> cells(String... texts) {
        return Stream.of(texts).map(Page.Cell::of).toList();
    }
}
