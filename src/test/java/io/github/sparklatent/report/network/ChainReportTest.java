package io.github.sparklatent.report.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.report.Pages;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The section of a report on Hamiltonian chains. */
class ChainReportTest {
    @Test
    void chainsHaveASection() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.of(4, 20).chains().build()));
        assertThat(Pages.sections(page)).containsSubsequence("reconstructions", "progress", "chains");
        assertThat(Pages.attributes(page, "id"))
                .contains("chain-acceptance", "chain-step-size", "chain-effective-size", "chain-divergent");
        assertThat(Pages.byId(page, "chain-acceptance").getTextContent()).contains("training", "held out");
    }

    @Test
    void otherTrainingsHaveNone() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.of(4, 20).build()));
        assertThat(Pages.sections(page)).doesNotContain("chains");
    }

    @Test
    void onlyAnAdaptedStepSizeIsCalledAdapted() throws Exception {
        Document adapted =
                Pages.parse(Pages.html(NetworkReports.of(4, 20).chains().build()));
        Document fixed =
                Pages.parse(Pages.html(NetworkReports.of(4, 20).fixedChains().build()));
        assertThat(adapted.getDocumentElement().getTextContent()).contains("step size is adapted");
        assertThat(fixed.getDocumentElement().getTextContent())
                .doesNotContain("adapted")
                .contains("It is fixed.");
    }
}
