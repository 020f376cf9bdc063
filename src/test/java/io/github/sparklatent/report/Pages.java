package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads what was written. */
public final class Pages {
    /** Most characters of a page. */
    private static final int LARGEST = 1_500_000;

    private Pages() {}

    public static Document parse(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    public static String html(Page page) {
        return ownText(ReportWriter.render(page));
    }

    /** Returns a page without the code of its scripts, which is the same in each. */
    private static String ownText(String html) {
        assertThat(html.length()).isLessThan(LARGEST);
        return html.replaceAll("(?s)<script>//<!\\[CDATA\\[.*?//\\]\\]></script>", "");
    }

    /** Requires that a page does not depend on the locale of the process. */
    public static void requireSameBytes(Supplier<String> html) {
        String first = html.get();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(html.get()).isEqualTo(first);
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Requires that a page loads nothing and shows no number that is none. */
    public static void requireSelfContained(String html) throws Exception {
        Document page = parse(html);
        assertThat(html).doesNotContain("@import", "NaN", "Infinity", "∞").startsWith("<!DOCTYPE html>");
        assertThat(attributes(page, "src")).allMatch(source -> source.startsWith("data:image/png;base64,"));
        assertThat(attributes(page, "href")).isEmpty();
        assertThat(elements(page, "script"))
                .allMatch(script -> script.getAttribute("type").equals("application/json"));
        assertThat(elements(page, "link")).isEmpty();
        assertThat(attributes(page, "id")).doesNotHaveDuplicates();
    }

    /** The options of the charts with this id, or inside of the element with this id. */
    public static List<JsonNode> charts(Document page, String id) {
        NodeList scripts = byId(page, id).getElementsByTagName("script");
        return IntStream.range(0, scripts.getLength())
                .mapToObj(i -> json(scripts.item(i).getTextContent()))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The text of a report, without markup. */
    public static String text(Page report) throws Exception {
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
            assertThat(chart.getAttribute("class").startsWith("chart") ? chart.getAttribute("aria-label") : "x")
                    .isNotBlank();
        }
        assertThat(elements(page, "img"))
                .allMatch(image -> !image.getAttribute("alt").isBlank());
        assertThat(elements(page, "table"))
                .allMatch(table -> table.getElementsByTagName("caption").getLength() == 1);
        assertThat(elements(page, "h1")).hasSize(1);
    }
}
