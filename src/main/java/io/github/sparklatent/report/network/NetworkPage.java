package io.github.sparklatent.report.network;

import io.github.sparklatent.report.ComponentsSection;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.OriginSection;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.format.Words;
import java.util.ArrayList;
import java.util.List;

/** Builds the report page of a network. */
public final class NetworkPage {

    private NetworkPage() {}

    /** Returns the page. */
    public static Page of(NetworkReport report) {
        return new Page(
                Words.capitalised(report.network().modelType()) + " report",
                report.title(),
                NetworkSummary.sentence(report),
                report.training().stoppedEarly()
                        ? "stopped early"
                        : report.training().endedEarly() ? "ended early" : "trained",
                true,
                NetworkSummary.notices(report),
                NetworkSummary.tiles(report),
                sections(report),
                technical(report));
    }

    private static List<Section> sections(NetworkReport report) {
        List<Section> sections = new ArrayList<>();
        if (report.reconstructions() != null) {
            sections.add(ReconstructionSection.of(report));
        }
        sections.add(SamplesSection.of(report));
        NetworkComponents components = report.components();
        if (components != null) {
            String rows = report.latents() == null ? "rows" : report.latents().rows();
            sections.add(
                    ComponentsSection.of(
                            components.sizes(),
                            report.training().rows(),
                            rows + " of this report"));
            sections.add(DecodedMeansSection.of(report));
        }
        if (report.latents() != null) {
            sections.add(LatentSection.of(report));
        }
        if (components != null && components.confusion() != null) {
            sections.add(ConfusionSection.of(components.confusion(), components.count()));
        }
        sections.add(MarginalsSection.of(report));
        if (report.anomalies() != null) {
            sections.add(AnomaliesSection.of(report));
        }
        return sections;
    }

    private static List<Section> technical(NetworkReport report) {
        boolean onlyGame = !LearningSection.isMeasured(report);
        Section learning = LearningSection.of(report);
        Section game = GameSection.of(report);
        return List.of(
                onlyGame ? game : learning,
                onlyGame ? learning : game,
                ChainSection.of(report),
                NetworkFiguresSection.of(report),
                OriginSection.of(report.origin()));
    }
}
