package io.github.sparklatent.report.mixture;

import io.github.sparklatent.report.ComponentsSection;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.OriginSection;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.group.GroupsSection;
import java.util.ArrayList;
import java.util.List;

/** Builds the report page of a mixture. */
public final class MixturePage {

    private MixturePage() {}

    /** Returns the page. */
    public static Page of(MixtureReport report) {
        return new Page(
                "Mixture report",
                report.title(),
                SummaryText.sentence(report),
                report.fit().converged() ? "converged" : "not converged",
                report.fit().converged(),
                SummaryText.notices(report),
                SummaryText.tiles(report),
                sections(report),
                technical(report));
    }

    private static List<Section> sections(MixtureReport report) {
        List<Section> sections = new ArrayList<>();
        if (report.groups() != null) {
            sections.add(GroupsSection.of(report.groups()));
        }
        sections.add(
                ComponentsSection.of(report.components(), report.fit().rows(), "training rows"));
        if (report.means() != null) {
            sections.add(MeansSection.of(report));
        }
        if (report.scatter() != null) {
            sections.add(ScatterSection.of(report));
        }
        if (report.confusion() != null) {
            sections.add(ConfusionSection.of(report.confusion(), report.fit().components()));
        }
        return sections;
    }

    private static List<Section> technical(MixtureReport report) {
        List<Section> sections = new ArrayList<>();
        if (report.choice() != null) {
            sections.add(ChoiceSection.of(report));
        }
        sections.add(
                ProgressSection.of(
                        report.fit().objective(),
                        report.fit().tolerance(),
                        report.rounds(),
                        report.otherRuns()));
        sections.add(FiguresSection.of(report));
        sections.add(OriginSection.of(report.origin()));
        return sections;
    }
}
