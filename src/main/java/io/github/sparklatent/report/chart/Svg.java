package io.github.sparklatent.report.chart;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.internal.chartpart.IChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Converts a chart to SVG markup inside a page. Batik draws it with two decimals and a group for
 * neighbours of equal style. This class joins the segments of a line, prefixes ids with the chart's
 * id, leaves out the fonts of letters that are drawn as shapes, and replaces the neutral colours of
 * {@link Palette} by variables of the page. Equal charts give equal text.
 */
public final class Svg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final int DECIMALS = 2;
    private static final List<String> ENDS = List.of("x1", "y1", "x2", "y2");
    private static final String POINTS = "points";

    private static final List<String> OF_GROUPS = List.of("clip-path", "fill", "stroke");

    private static final List<String> OF_TEXT =
            List.of("font-family", "font-size", "font-style", "font-weight", "text-rendering");

    private static final Map<String, String> VARIABLES =
            Map.of(
                    "rgb(1,2,3)", "var(--ink)",
                    "rgb(1,2,4)", "var(--muted)",
                    "rgb(1,2,5)", "var(--grid)",
                    "rgb(1,2,6)", "var(--paper)");

    private Svg() {}

    /**
     * Returns the chart's markup.
     *
     * @param id prefix of the ids inside; unique on the page
     */
    public static String of(IChart chart, String id) {
        try {
            Element root = drawn(chart, id);
            compact(root);
            root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
            root.setAttribute("aria-hidden", "true");
            root.setAttribute("focusable", "false");
            StringWriter text = new StringWriter();
            Transformer writer = TransformerFactory.newDefaultInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.transform(new DOMSource(root), new StreamResult(text));
            return text.toString();
        } catch (ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("cannot write a chart as SVG to memory", e);
        }
    }

    private static Element drawn(IChart chart, String id) throws ParserConfigurationException {
        Document document =
                DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .getDOMImplementation()
                        .createDocument(NAMESPACE, "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setPrecision(DECIMALS);
        context.setComment(null);
        context.setIDGenerator(
                new SVGIDGenerator() {
                    @Override
                    public String generateID(String prefix) {
                        return id + "-" + super.generateID(prefix);
                    }
                });
        SVGGraphics2D graphics = new SVGGraphics2D(context, true);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        Element root = graphics.getRoot();
        root.removeChild(root.getFirstChild()); // definitions without content, and with a fixed id
        return root;
    }

    private static void compact(Element element) {
        OF_TEXT.forEach(element::removeAttribute);
        for (String painted : List.of("fill", "stroke")) {
            String variable = VARIABLES.get(element.getAttribute(painted));
            if (variable != null) {
                element.setAttribute(painted, variable);
            }
        }
        Element before = null;
        for (Node next, node = element.getFirstChild(); node != null; node = next) {
            next = node.getNextSibling();
            if (node instanceof Element child) {
                compact(child);
                Element joined = joined(before, child);
                if (joined != null) {
                    element.removeChild(before);
                    element.replaceChild(joined, child);
                }
                before = joined == null ? child : joined;
            }
        }
        OF_GROUPS.forEach(name -> share(element, name));
    }

    /** Moves an attribute that all children of a group have alike to the group. */
    private static void share(Element group, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = group.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        List<String> values =
                children.stream().map(child -> child.getAttribute(name)).distinct().toList();
        if (group.getTagName().equals("g") && values.size() == 1 && !values.get(0).isEmpty()) {
            group.setAttribute(name, values.get(0));
            children.forEach(child -> child.removeAttribute(name));
        }
    }

    /** Returns a polyline that ends with a line; null if the line does not go on from its end. */
    private static Element joined(Element before, Element line) {
        if (before == null || !line.getTagName().equals("line")) {
            return null;
        }
        String start = line.getAttribute("x1") + "," + line.getAttribute("y1");
        String points =
                before.getTagName().equals("line")
                        ? "%s,%s %s,%s".formatted(ENDS.stream().map(before::getAttribute).toArray())
                        : before.getAttribute(POINTS);
        Element joined = line.getOwnerDocument().createElementNS(NAMESPACE, "polyline");
        for (int i = 0; i < line.getAttributes().getLength(); i++) {
            Node attribute = line.getAttributes().item(i);
            if (!ENDS.contains(attribute.getNodeName())) {
                joined.setAttribute(attribute.getNodeName(), attribute.getNodeValue());
            }
        }
        String end = line.getAttribute("x2") + "," + line.getAttribute("y2");
        joined.setAttribute(POINTS, points + " " + end);
        return points.endsWith(" " + start) && isAlike(before, joined) ? joined : null;
    }

    /** Returns whether two elements have the same attributes but for their coordinates. */
    private static boolean isAlike(Element before, Element joined) {
        int coordinates = before.getTagName().equals("line") ? ENDS.size() : 1;
        if (before.getAttributes().getLength() - coordinates
                != joined.getAttributes().getLength() - 1) {
            return false;
        }
        for (int i = 0; i < joined.getAttributes().getLength(); i++) {
            Node attribute = joined.getAttributes().item(i);
            if (!attribute.getNodeName().equals(POINTS)
                    && !attribute
                            .getNodeValue()
                            .equals(before.getAttribute(attribute.getNodeName()))) {
                return false;
            }
        }
        return true;
    }
}
