package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.report.mixture.MixturePage;
import io.github.sparklatent.report.mixture.MixtureReport;
import io.github.sparklatent.report.network.NetworkPage;
import io.github.sparklatent.report.network.NetworkReport;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads what was written. */
public final class Pages {
    private Pages() {}

    public static Document parse(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    public static String html(MixtureReport report) {
        return ReportWriter.render(MixturePage.of(report));
    }

    public static String html(NetworkReport report) {
        return ReportWriter.render(NetworkPage.of(report));
    }

    /** The text of a report, without markup. */
    public static String text(NetworkReport report) throws Exception {
        return parse(html(report)).getDocumentElement().getTextContent();
    }

    public static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    public static List<String> attributes(Document page, String name) {
        List<String> values = new ArrayList<>();
        for (Element element : elements(page, "*")) {
            if (element.hasAttribute(name)) {
                values.add(element.getAttribute(name));
            }
        }
        return values;
    }

    public static Element byId(Document page, String id) {
        return elements(page, "*").stream()
                .filter(element -> element.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The sections' ids, in order. */
    public static List<String> sections(Document page) {
        return elements(page, "section").stream()
                .map(section -> section.getAttribute("id"))
                .toList();
    }

    /** Whatever is drawn is also there in words. */
    public static void requireNamed(Document page) {
        for (Element chart : elements(page, "div")) {
            assertThat(
                            chart.getAttribute("class").equals("chart")
                                    ? chart.getAttribute("aria-label")
                                    : "x")
                    .isNotBlank();
        }
        assertThat(elements(page, "img")).allMatch(image -> !image.getAttribute("alt").isBlank());
        assertThat(elements(page, "table"))
                .allMatch(table -> table.getElementsByTagName("caption").getLength() == 1);
        assertThat(elements(page, "h1")).hasSize(1);
    }
}
